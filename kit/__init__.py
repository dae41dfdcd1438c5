"""How things are stored, sent, timed and watched; knows no business."""
