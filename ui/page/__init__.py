"""Where pages are looked at: the view, what is drawn on it, marking an amount."""
