"""What the window works on, without widgets: views observe it and change it, and it knows none of them."""
