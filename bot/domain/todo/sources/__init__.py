"""Where reasons come from: functions from what is known of a rep to the reasons in it, worded."""
