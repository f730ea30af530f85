"""What it costs, as ratios measured in one run. Not a test: nothing here fails."""
