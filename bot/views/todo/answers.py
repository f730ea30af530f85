"""How `/todo` is typed."""

USAGE = (
    "*Your week, with a reason to be in touch with each of your reps*\n"
    "`/todo` shows this week's list, `/todo next` a look at next week's.\n"
    "`/todo issue price change until friday` gives every rep one more reason; `/todo issue` shows "
    "those, what was said to each, and ends them.\n"
    "`/todo away` is for your own days off, and who stands in."
)
