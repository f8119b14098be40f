"""Where one writes: the canvas, its gestures, the bar of a replay, ink on the clipboard."""
