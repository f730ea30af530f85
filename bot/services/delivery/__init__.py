"""What Windshield sends by itself and draws anew: when it is due, how far it has come, where it
stands. No other room writes schedules or deliveries."""
