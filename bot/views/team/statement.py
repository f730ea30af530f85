"""What is kept of a rep, who sees it, what is private: said the same wherever it is said."""

STATEMENT = (
    "*What is kept:* contacts with you, sessions, field days, what you raised, promises of both "
    "sides, and your results.\n"
    "*Who sees it:* your manager, and whoever manages the team later. You see both sides' "
    "promises, what you raised and what became of it, your results, and whatever is shared with "
    "you. Your colleagues see none of this.\n"
    "*What is private:* a private note is seen by no one but its author."
)
"""As mrkdwn; it follows the table “Who sees what” of the product's description."""
