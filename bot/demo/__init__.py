"""A sales organisation to try Windshield with, in a browser or played in the terminal."""
