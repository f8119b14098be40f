"""Pdfium may be called by one thread at a time; who calls it holds this lock, and may be in it when it tidies up."""

import threading

lock = threading.RLock()
