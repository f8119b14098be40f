"""What the user corrects, and the models that are taught of it."""
