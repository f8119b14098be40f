"""Reads handwriting: ink and pages become graphs of hypotheses, and the path of lowest penalty is the answer."""
