"""What was agreed on so that somebody grows: training, coaching, recognition, improvement; read by that one."""
