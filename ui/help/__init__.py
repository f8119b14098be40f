"""What the program tells of itself: first steps, keys, the study, models, licences."""
