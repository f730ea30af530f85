"""What screens promise, and which test holds it.

A sentence of a screen that says what will happen, who reads or hears something, or what is kept
belongs to one entry: what it promises, the test that holds it, and the words by which it is known.
A label that only looks like one stands in `NO_PROMISE`.
"""

import re
from dataclasses import dataclass

LOOKS_LIKE_ONE = re.compile(
    r"""(?ix)
    \b(
      brings?\ (it|them)\ up | (is|are)\ (told|asked|kept) | gets?\ (a\ note|your|this) | hears?
    | until\b | (sees?|shown|reads?|has)\ (it|them|both|these|this|once|what|you)
    | see\ (it|them|both|this|once|what) | (does\ not|don't)\ see
    | shows?\ (here|it|when|in|there|your) | stays?\b | (you|us|them|yours?|manager)\ alone
    | only\ you | nobody | none\ of\ it | I'll | will\ (read|own) | I\ (ask|asked|tell|keep|write)
    | goes?\ (to|on|wherever|out|with|along) | becomes?\b | comes?\b(?!\ of) | counts?\ as
    | first\ in\ line | waits? | any\ time | once\ you | (kept|keeps?)\b | can\ be\ put\ back
    | nothing\ else | just\ once | this\ once | sent\ once | gone\ for\ good | home\*?\ tab
    | never | private | next\ (week|session|meeting) | working\ day\ before | one\ more\ reason
    | still\ here | (is|was)\ lost | won't | again\ soon | again\ in\ a\ while | nothing\ was
    | not\ (kept|lost) | is\ saved | sees\ who
    ) | \}\ alone"""
)


@dataclass(frozen=True)
class Promised:
    """`what` sentences with one of these `words` in them promise, and the test that holds it, by
    its path below tests/."""

    what: str
    test: str
    words: tuple[str, ...]


ACCOUNTS = "scenarios/accounts/test_accounts.py"
ANSWERS = "scenarios/meetings/test_meeting_answers.py"
APPOINTMENTS = "scenarios/appointments/test_appointments.py"
AWAY = "scenarios/todo/test_todo_away.py"
BAD_DAYS = "scenarios/workspaces/test_bad_days.py"
BEFORE = "scenarios/team/test_before_introductions.py"
DATES = "scenarios/accounts/test_dates.py"
DIRECTOR = "scenarios/results/test_director.py"
BINDER = "scenarios/binder/test_binder.py"
PACK = "scenarios/binder/test_pack.py"
EXPORT = "scenarios/binder/test_export.py"
FIELD_DAY = "scenarios/field_days/test_field_day.py"
HOME = "scenarios/home/test_home.py"
ADDING = "scenarios/results/test_adding.py"
MARKET = "scenarios/accounts/test_market.py"
MARKET_SPREAD = "scenarios/accounts/test_market_spread.py"
MARKET_TAGS = "scenarios/accounts/test_market_tags.py"
MIRROR = "scenarios/results/test_mirror.py"
ACTIVITY = "scenarios/results/test_activity.py"
SAVING = "scenarios/results/test_saving.py"
SHOWN = "scenarios/results/test_shown.py"
INTRODUCTIONS = "scenarios/team/test_introductions.py"
MEETINGS = "scenarios/meetings/test_meetings.py"
MEETINGS_BAD = "scenarios/meetings/test_meeting_bad_days.py"
MESSAGES = "scenarios/contacts/test_messages.py"
NAMES = "scenarios/contacts/test_touch_names.py"
MEMBERSHIPS = "scenarios/team/test_memberships.py"
NOTES = "scenarios/contacts/test_notes.py"
ROUND_UP = "scenarios/todo/test_round_up.py"
PROMISES = "scenarios/promises/test_promises.py"
RAISED = "scenarios/contacts/test_raised.py"
RAISING = "scenarios/contacts/test_raising.py"
SESSION = "scenarios/sessions/test_session.py"
SHARING = "scenarios/sessions/test_sharing.py"
SWAP = "scenarios/meetings/test_swap.py"
PAIRING = "scenarios/meetings/test_pairing.py"
CLEARED = "scenarios/contacts/test_cleared.py"
CLEARED_BAD = "scenarios/contacts/test_cleared_bad_days.py"
RAMP = "scenarios/team/test_ramp.py"
RAMP_RULES = "services/test_ramp.py"
TODO = "scenarios/todo/test_todo.py"

HANDOVER = "scenarios/binder/test_handover.py"
LATER = "scenarios/binder/test_pass_on.py"
OPENS_ALL = f"{LATER}::test_a_later_manager_opens_everything_and_reads_nothing_that_is_not_theirs"
STAYED = f"{HANDOVER}::test_what_stayed_is_read_closed_and_taken_by_the_first_manager"

PROMISED = (
    # A team or a rep to another manager
    Promised(
        "Nobody waits for whoever waits for them.",
        "services/test_handover.py::test_nobody_waits_for_whoever_waits_for_them",
        ("You and {…} would wait for each other.",),
    ),
    Promised(
        "A rep who was on both teams is on the one alone since.",
        "services/test_handover.py"
        "::test_of_two_offers_of_a_rep_on_both_teams_the_one_that_is_taken_ends_the_other",
        ("{…} alone manages you from now on{…}.",),
    ),
    Promised(
        "A later manager reads what was shared, and nothing of what was private.",
        OPENS_ALL,
        (
            "What the manager before you wrote about it was not shared, and stays with them.",
            "{…}'s private notes did not.",
            "What you told {…} between the two of you stays with the two of you.",
            "What was shared goes along: plans, promises of both sides, what is planned, results.",
            "What was private does not.",
            "Your private notes, what you never shared, and what {…} you between the two of you "
            "stay with you.",
            "what was private stayed with whoever had it before you.",
        ),
    ),
    Promised(
        "What is offered is seen first, asked by day, and read by each rep once.",
        f"{HANDOVER}::test_a_team_is_offered_seen_first_and_taken",
        (
            "You get this once, because you offered it.",
            "You get this once, because {…} offered it to you.",
            "You get this once.",
            "Your *Home* tab has all that is yours.",
            "Their *Home* tab names you.",
            "{…} is asked, by day on their own clock.",
            "I'll tell you what they say.",
            "{…} reads it.",
            "The reps read it with the rest.",
            "{…} reads this once, when {…} has taken it:",
            "Home has it all.",
        ),
    ),
    Promised(
        "Until it is taken nothing changes, and what is not taken stays.",
        f"{HANDOVER}::test_not_so_is_told",
        (
            "Until then nothing changes.",
            "{…} stays with you.",
            "{…} would rather not, so {…} stays with you.",
            "It stays with {…}.",
        ),
    ),
    Promised(
        "Who leads a team joins the two, or takes it by itself once theirs has passed on.",
        f"{HANDOVER}::test_a_team_waits_until_the_receivers_own_has_passed_on",
        (
            "Join {…}'s reps to it, or take {…}'s team once yours has passed on?",
            "{…}'s team comes to you once yours has passed on.",
        ),
    ),
    Promised(
        "What stayed is its author's to read, close and take.",
        STAYED,
        (
            "What stayed with you is on your *Home* tab.",
            "What stayed with you is in {…}'s binder.",
            "Nobody else reads it.",
            "Nobody but you gets this.",
        ),
    ),
    Promised(
        "What was about somebody who was erased is gone, and comes up again nowhere.",
        "scenarios/team/test_erased.py::test_nothing_of_them_comes_back",
        ("What stood here is not kept any more.",),
    ),
    Promised(
        "The transition pack says what is still to be done, and what is to come.",
        f"{PACK}::test_a_manager_has_on_one_page_what_is_needed_to_take_over",
        ("nobody but {…} was there", "Dates to come"),
    ),
    Promised(
        "Whoever is asked to take over reads the transition pack, until they have answered.",
        f"{PACK}::test_whoever_is_to_take_it_looks_through_it_until_they_answer",
        (
            "{…} is asked first, and may look through the transition pack before answering.",
            "Who is asked to take over first reads plans, promises, accounts.",
        ),
    ),
    Promised(
        "The transition pack holds nothing that a later manager may not read.",
        f"{PACK}::test_what_was_raised_between_the_two_is_not_in_it",
        ("What was never shared, and what was said between two, is not in it.",),
    ),
    Promised(
        "Nobody but the manager reads the mirror.",
        f"{MIRROR}::test_what_lies_ahead_stands_above_what_is_behind",
        ("Only you see the answer.",),
    ),
    Promised(
        "What is left out of a rep's own results beside what they prepare is in My copy.",
        f"{SHOWN}::test_a_note_with_a_hundred_long_metrics_is_taken_by_slack",
        ("And more, in *My copy* on your Home tab.",),
    ),
    # Adding results
    Promised(
        "Pasted rows are kept by the second press alone; until then every word stays in the form.",
        f"{ADDING}::test_pasted_rows_are_shown_and_then_kept_and_pasting_again_corrects_them",
        (
            "Nothing is kept until you press *Keep it*.",
            "*No line was understood.* Your words are still here.",
        ),
    ),
    Promised(
        "A period with wrong dates is taken back once it was shown what goes; what people wrote "
        "stays.",
        f"{ADDING}::test_a_period_with_wrong_dates_is_taken_back_and_the_right_one_comes",
        (
            "{…} is kept already, and shares days with your rows.",
            "What you logged and promised stays.",
        ),
    ),
    Promised(
        "Rows that say something else of a metric than was known say so before they are kept.",
        f"{ADDING}::test_what_becomes_of_what_a_metric_was_is_said_before_it_is_kept",
        ("{…}, and what is kept of it too.",),
    ),
    Promised(
        "Rows that others came in the way of meanwhile are not kept, and stay in the form.",
        f"{ADDING}::test_rows_that_others_came_in_the_way_of_stay_in_the_form",
        ("Other results of these days came just now, and nothing of yours is kept.",),
    ),
    Promised(
        "What stands is listed, and that there is nothing is said.",
        f"{ADDING}::test_what_stands_is_listed_and_each_can_be_taken_back",
        ("No results are kept here.",),
    ),
    Promised(
        "A save-it plan outlives the period it was made for, and goes by the one that takes its "
        "place.",
        "services/test_taking_back.py::test_what_people_wrote_stays",
        (
            "The save-it plan with {…} stays;",
            "it gets the right dates once you send them.",
        ),
    ),
    Promised(
        "What can be read in two ways is asked before anything is kept.",
        f"{ADDING}::test_what_can_be_read_in_two_ways_is_asked_and_nothing_typed_is_lost",
        ("Nothing is kept yet: some of it can be read in two ways.",),
    ),
    Promised(
        "Balance counts what happened and nothing that was only planned; nobody but its manager "
        "sees it, and it is kept nowhere.",
        "scenarios/results/test_balance.py::test_a_manager_alone_sees_how_much_looked_back",
        (
            "Counted from what happened, never from what was only planned.",
            "Only you see it, and it is kept nowhere.",
        ),
    ),
    Promised(
        "The page of a period is seen before it is sent, names nobody, and goes to its manager.",
        "scenarios/results/test_period_page.py::test_a_page_is_previewed_and_sent_to_the_manager",
        (
            "You see it before it is sent, and it is sent to you.",
            "It names no one, and leaves out what a rep told you alone.",
        ),
    ),
    Promised(
        "What a manager says of a period is there again when they open it, and is theirs alone.",
        "scenarios/results/test_period_page.py::"
        "test_what_was_said_of_a_period_is_kept_for_whoever_said_it",
        ("It is kept for you, a text for each period.",),
    ),
    Promised(
        "What is shared of a team is what its manager saw, and nothing else; it ends with a press.",
        f"{DIRECTOR}::test_a_manager_sees_what_is_shared_before_it_is_and_it_ends_with_a_press",
        (
            "They will see this line, as it is on the day they look:",
            "Windshield does not write to them: they find it under /mirror teams.",
            "Nobody sees how it goes with your team: you can share this line with one person.",
            "Nothing else is shared: nobody on your team, no contacts, nothing that anybody wrote.",
        ),
    ),
    Promised(
        "It ends when another manager leads the team.",
        f"{DIRECTOR}::test_it_ends_when_the_team_passes_to_another_manager",
        ("{…} sees this line of your team, until you stop or somebody else leads it:",),
    ),
    Promised(
        "the steps of a save-it plan are promises of both sides, as noted until Agreed",
        f"{SAVING}::test_a_plan_is_written_from_the_list_and_both_see_it",
        (
            "They become promises of you both;",
            "{…} sees them on Home, as noted by you, until Agreed.",
        ),
    ),
    Promised(
        "what helped is quoted by the next warning of that metric, and shown in Acted in time",
        f"{SAVING}::test_the_second_quarters_warning_quotes_what_helped_in_the_first",
        (
            "The next early warning of this number quotes it on your list, and Acted in time "
            "shows it.",
        ),
    ),
    Promised(
        "the number of a plan is followed from the leading metric of that name, and nobody is "
        "asked; of anything else its rep is asked once a week, and both see it",
        f"{ACTIVITY}::test_what_a_team_counts_is_followed_and_nobody_is_asked",
        (
            "Of anything else {…} is asked once a week.",
            "{…} is asked for the number at the end of each week, until {…}.",
            "{…} was asked for the number until {…}.",
            "{…} sees it beside the plan.",
        ),
    ),
    Promised(
        "the question comes once a week until its day or until the plan is closed, both see the "
        "answer, and Home asks it too",
        f"{ACTIVITY}::test_a_rep_is_asked_once_a_week_and_both_see_the_number",
        (
            "Asked once a week, until {…} or until the plan is closed.",
            "You and {…} see what you say;",
            "nothing more is asked.",
            "Their *Home* tab asks it too.",
        ),
    ),
    # New on the team
    Promised(
        "the steps become promises of both sides, which the rep sees as noted until Agreed",
        f"{RAMP}::test_a_rep_who_is_new_has_first_weeks_that_both_see",
        (
            "Tick *New on the team* in a rep's settings, and these become promises of both sides.",
            "{…} sees these steps on Home, as noted by you, until *Agreed*.",
            "Your list of each week brings up what is next.",
        ),
    ),
    Promised(
        "a later step of the first weeks is on the rep's Home two weeks before its day",
        f"{RAMP}::test_home_has_the_steps_of_now_and_the_others_behind_one_press",
        ("Each is on your Home from two weeks before its day, with *Agreed* and *Not so*.",),
    ),
    Promised(
        "what is done or late stays as it is",
        f"{RAMP_RULES}::test_a_step_that_is_removed_takes_back_what_is_open_and_to_come",
        ("Change them any time: what is done or late stays as it is.",),
    ),
    Promised(
        "a step waits for a day on which both are there",
        f"{RAMP_RULES}::test_days_off_of_both_sides_move_what_is_to_come",
        ("It waits for a working day on which both of you are there.",),
    ),
    # Accounts
    Promised(
        "two spellings are one account, and the visits of one can be taken out again",
        f"{ACCOUNTS}::test_two_spellings_become_one_account_and_two_again",
        (
            "All spellings, visits and whom you know there become one account",
            "It becomes an account of its own, with the visits and dates that were typed so",
            "What passes to another rep stays with the account it is at now",
        ),
    ),
    Promised(
        "a reason each week until the introduction is made",
        "scenarios/todo/test_todo_rules.py::test_an_account_that_passes_on_comes_up_every_monday_until_it_is_introduced",
        ("Until the introduction is made, your list of each week brings it up.",),
    ),
    Promised(
        "an account date comes up six and two weeks before, with the one rep who has the account",
        f"{DATES}::test_a_date_typed_in_a_visit_comes_up_six_and_two_weeks_before",
        (
            "Your list brings it up six and two weeks before, with the rep who knows them.",
            "Your list brings it up with {…}, six and two weeks before.",
            "Your list brings them up with {…}, six and two weeks before each that is so far.",
        ),
    ),
    Promised(
        "of an account date that is nearer nothing is said that is over",
        f"{DATES}::test_what_is_said_of_a_date_is_what_is_still_to_come",
        (
            "Your list brings it up with {…}, two weeks before at the latest.",
            "It is near: bring it up with {…} when you next talk.",
        ),
    ),
    Promised(
        "where nobody knows the account its date is on the manager's Home, and on no list",
        f"{DATES}::test_where_nobody_is_left_who_knows_them_home_has_it_and_no_list",
        (
            "Nobody on your team knows them yet.",
            "Nobody on your team knows them yet: who could?",
            "Your Home brings it up, six weeks before.",
            "Your Home brings them up, six weeks before.",
        ),
    ),
    Promised(
        "what is done or removed comes up no more, and can be put back",
        f"{DATES}::test_dates_on_the_page_of_the_account",
        ("It comes up no more.",),
    ),
    # What is planned
    Promised(
        "a note to each side on the working day before, once",
        f"{APPOINTMENTS}::test_both_sides_are_told_the_working_day_before_in_their_own_morning",
        (
            "Both of you get a note on the working day before",
            "because {…} planned a session with you",
            "You get this once, the working day before a session you planned",
        ),
    ),
    Promised(
        "the manager has what a rep prepared once it is sent, and it can be changed",
        f"{APPOINTMENTS}::test_both_sides_are_told_the_working_day_before_in_their_own_morning",
        (
            "{…} has it for your session",
            "change it until then",
        ),
    ),
    # The binder
    Promised(
        "a copy of all that the rep may have, to whoever asked for it",
        "scenarios/binder/test_own_copy.py::"
        "test_a_rep_has_all_that_the_table_allows_and_the_rest_counted",
        (
            "because you asked for it",
            "My copy of what is kept",
            "Here is your copy: all that is kept about you and that you may have, as a page to "
            "read and as data.",
        ),
    ),
    Promised(
        "a copy that did not arrive can be asked for again",
        "scenarios/binder/test_own_copy.py::test_what_did_not_arrive_is_said_and_asked_for_again",
        ("ask for it again in a while.",),
    ),
    Promised(
        "what is deleted can be put back, within thirty days",
        f"{BINDER}::test_what_is_deleted_stays_in_sight_and_can_be_put_back",
        (
            "It can be put back until",
            "shows, changes and deletes what is kept",
        ),
    ),
    Promised(
        "what is deleted goes for good after that",
        "storage/test_interactions.py::test_only_what_was_deleted_before_is_removed_for_good",
        ("gone for good after thirty days",),
    ),
    Promised(
        "a contact logged from the binder is there at once",
        f"{BINDER}::test_a_touch_logged_from_the_binder_is_there_at_once_and_once",
        ("`/binder @rep` shows what is kept",),
    ),
    Promised(
        "what is made with a rep is seen on the first screen of the binder",
        "scenarios/binder/test_front.py::test_what_is_made_from_it_is_seen_on_it_at_once",
        ("plan, promise and talk about comes together here",),
    ),
    Promised(
        "who left keeps a binder",
        f"{BINDER}::test_who_left_keeps_a_binder",
        (
            "All of it stays here",
            "All you keep about a rep",
            "shows all you keep about a rep",
        ),
    ),
    Promised(
        "one's own private notes are searched, and seen by nobody else",
        "scenarios/binder/test_binder_search.py::test_own_private_notes_are_found_and_not_shown",
        (
            "Your own private notes are looked through",
            "only you see that",
            "In a private note of",
        ),
    ),
    # Contacts, notes, what was raised
    Promised(
        "a private note is its author's alone",
        "scenarios/contacts/test_private_notes.py::"
        "test_a_note_is_shown_to_its_author_on_purpose_and_nowhere_else",
        (
            "Only you ever see this",
            "A private note of yours is with it",
            "Show private note",
        ),
    ),
    Promised(
        "a line to Windshield is kept word for word, for its author alone",
        f"{NOTES}::test_a_message_is_kept_word_for_word_and_the_answer_says_nothing_of_it",
        (
            "Kept as a note, for you alone",
            "Write to me as it comes, and I keep it for you alone",
            "*Write to me, and I keep it as a private note*",
            "Write me a message, and I keep it here",
        ),
    ),
    Promised(
        "whoever else presses, a note stays its author's",
        f"{NOTES}::test_a_note_is_nobody_elses_whoever_presses",
        ("{…} · for you alone", "For you alone"),
    ),
    Promised(
        "a note stays though a contact is made of it, and the words become part of the binder",
        f"{NOTES}::test_a_note_becomes_a_contact_on_the_day_that_was_picked",
        (
            "Your note stays, for you alone",
            "Your note itself stays private",
        ),
    ),
    Promised(
        "a note that becomes a promise is on the rep's page",
        f"{NOTES}::test_a_note_becomes_a_promise",
        ("The rep sees these words on their page",),
    ),
    Promised(
        "of what is forwarded the words are kept, of a file the link, and what is neither is said",
        f"{MESSAGES}::test_a_voice_clip_is_kept_with_what_slack_heard_in_it",
        (
            "What you forward to me counts as words, and of a file or a voice clip I keep the link",
            "I could not take {…}, so nothing was kept",
            "Write me a line about it",
        ),
    ),
    Promised(
        "a message that is deleted leaves its note",
        f"{MESSAGES}::test_a_message_that_is_deleted_leaves_its_note",
        ("the note stays, for you alone",),
    ),
    Promised(
        "a field day is filled with the note, which stays",
        f"{MESSAGES}::test_more_is_made_of_it_in_turn_with_whom_and_when_the_words_name",
        ("What reads as a visit stands under Visits",),
    ),
    Promised(
        "an edit of a contact shows what was raised, and whoever raised it reads it so",
        f"{NAMES}::test_an_edit_shows_all_that_is_kept_and_changes_what_was_raised",
        ("They see it on their page", "The two of you alone read it"),
    ),
    Promised(
        "a line of a crowd logs nothing",
        f"{NAMES}::test_it_is_all_of_them_or_none",
        ("people at once, so nothing was logged",),
    ),
    Promised(
        "of who leads no team, nothing is kept",
        f"{NOTES}::test_a_rep_is_told_kindly_and_nothing_is_kept",
        ("What you wrote just now is not kept",),
    ),
    Promised(
        "what a rep raises leads the list at once, is told once, and its rep sees what becomes",
        f"{RAISING}::test_what_a_rep_raises_leads_the_list_and_is_taken_on_and_closed",
        (
            "*Raise something*: {name} has it on the list at once, and you see on your *Home* tab",
            "Your *Home* tab shows what becomes of it",
            "*You owe* on this page has it, and so has the list",
            "{…} has it",
            "You get this once, because {…} wrote it",
            "until you take it on or close it",
            "and you see on your *Home* tab what becomes of it",
            "Your *Home* tab has promises both ways, your next session with *Prepare*, and all",
        ),
    ),
    Promised(
        "time that a rep asked for stands until the two talked or the manager answered",
        f"{RAISING}::test_time_that_was_asked_for_stands_until_the_two_talked",
        ("until you talk or answer",),
    ),
    Promised(
        "what is raised between the two of them is read by nobody else",
        f"{RAISING}::test_what_is_raised_between_us_is_on_no_screen_but_theirs",
        ("*Between us* keeps it to the two of you",),
    ),
    Promised(
        "what is taken back is gone from every screen",
        f"{RAISING}::test_taken_back_nothing_of_it_is_left_to_read",
        ("{…} does not see it any more",),
    ),
    Promised(
        "of what a rep writes nobody reads anything before they press",
        f"{RAISING}::test_what_a_rep_writes_is_offered_and_reaches_nobody_before_a_press",
        (
            "What you write here is not kept, and {name} reads none of it until you press",
            "the rest stands in what you wrote",
        ),
    ),
    Promised(
        "a rep is thanked in the channel where they said so, once",
        "scenarios/todo/test_thanks.py::test_who_said_that_it_is_welcome_is_thanked_once",
        (
            "{…} has your thanks in the channel for that already",
            "Everyone in <#{…}> reads it, under your name",
        ),
    ),
    Promised(
        "who did not say so is not thanked in the channel",
        "scenarios/todo/test_thanks.py::test_the_rep_changes_their_mind_while_the_form_is_open",
        ("Thanks in the channel are not open for that now",),
    ),
    Promised(
        "no number is said of anybody before the team",
        "scenarios/todo/test_thanks.py::test_numbers_and_other_names_are_asked_about",
        ("they stay between the two of you",),
    ),
    Promised(
        "a command of managers answers a rep with what reps can do",
        f"{RAISING}::test_a_command_of_managers_answers_a_rep_with_what_they_can_do",
        ("What you can do is here, and on your *Home* tab:",),
    ),
    Promised(
        "what cannot be kept is said",
        f"{NOTES}::test_what_cannot_be_kept_at_all_is_said",
        ("Your message could not be kept",),
    ),
    Promised(
        "the rep is told once what became of what they raised, with the manager's words",
        f"{RAISED}::test_the_managers_words_why_reach_the_rep",
        (
            "You get this once, because you raised it",
            "is told, with these words",
            "{…} is told.",
        ),
    ),
    Promised(
        "all that a rep raised is on their page",
        f"{RAISED}::test_raised_in_a_touch_it_stands_in_the_answer_and_on_the_reps_page",
        (
            "they see it on their page",
            "tab has all you raised",
            "What you raise shows here",
        ),
    ),
    Promised(
        "the message keeps what does not fit",
        f"{RAISED}::test_a_long_message_says_that_its_rest_stays_in_the_message",
        ("the rest stays in the message",),
    ),
    Promised(
        "what is between the two of them is read by nobody else",
        "scenarios/contacts/test_between_us.py::test_it_goes_to_no_other_rep_and_into_no_agenda",
        (
            "Nobody but the two of us reads it",
            "told you that between the two of you",
        ),
    ),
    Promised(
        "an answer that is too old leads to the binder",
        f"{BAD_DAYS}::test_an_answer_is_answered_with_the_binder_once_it_is_too_old",
        (
            "Slack keeps an answer like this one open",
            "The binder does it all, any time",
        ),
    ),
    Promised(
        "what one rep raised does not pass to another with the contact",
        "scenarios/contacts/test_touch.py::"
        "test_an_edit_passes_it_to_another_rep_and_not_what_the_first_raised",
        ("{…} keeps what {…} {…}",),
    ),
    Promised(
        "whatever else is typed is kept as it is",
        "domain/test_touches.py::test_text_without_meant_words_at_its_ends_is_kept_whole",
        ("Everything else is kept as you type it",),
    ),
    Promised(
        "a line that cannot be carried out changes nothing and is given back",
        "scenarios/contacts/test_touch.py::"
        "test_a_line_nobody_understands_is_given_back_to_use_again",
        (
            "othing was logged",
            "Nothing was logged yet",
            "That is more than 3,000 characters, so nothing was logged.",
            "{word} is too long ago, so nothing was logged.",
            "{word} is still to come, so nothing was logged.",
        ),
    ),
    Promised(
        "what becomes part of the binder is in an export",
        "services/test_export.py::test_touches_and_promises_are_in_it",
        ("This becomes part of the binder: a later manager and exports show it",),
    ),
    Promised(
        "a form that is about somebody else by now does nothing",
        "scenarios/contacts/test_changes_hands.py::"
        "test_a_form_that_the_first_has_open_keeps_what_is_typed",
        ("This is with {…} by now, so nothing was done.",),
    ),
    # Promises
    Promised(
        "what is taken out of a contact is let go of openly, and can be opened again",
        "scenarios/contacts/test_raised.py::"
        "test_emptied_in_the_touch_it_is_let_go_of_openly_and_can_be_opened_again",
        (
            "Emptied, you let it go, and they read that.",
            "{…} reads that you let it go. *Open again* is on your Home.",
        ),
    ),
    Promised(
        "what is handed over is shown in the manager's words",
        "scenarios/contacts/test_changes_hands.py::"
        "test_what_one_rep_raised_is_handed_over_in_the_managers_words",
        (
            "They see it on their page, in these words",
            "They see it on their page, in your words",
        ),
    ),
    Promised(
        "a rep is asked anew for other words of what they agreed to",
        "scenarios/promises/test_noted.py::"
        "test_other_words_of_a_step_are_noted_anew_and_of_ones_own_promise_stand",
        ("{…} agreed to the words before, and is asked anew on their page.",),
    ),
    Promised(
        "a step that is not so is nowhere the rep's word",
        "scenarios/promises/test_noted.py::"
        "test_not_so_tells_the_manager_once_and_is_nowhere_the_reps_word",
        (
            "It does not count as {…}'s word",
            "your Home tab takes your answer",
        ),
    ),
    # Sessions
    Promised(
        "a next step is a promise of both, once it was shared",
        "scenarios/promises/test_noted.py::test_a_step_of_a_session_is_seen_once_it_was_shared",
        ("Each becomes a promise.",),
    ),
    Promised(
        "a line that names nobody and no day is the rep's, and due by the next session, which is "
        "planned with this one",
        "scenarios/sessions/test_plans.py::test_a_plan_lives_on_from_session_to_session",
        (
            "Next session",
            "Next session: {…}.",
            "✓ {…} · kept{…}",
        ),
    ),
    Promised(
        "a plan stays until it is changed",
        f"{SESSION}::test_the_next_session_begins_with_the_plan_and_last_times_words",
        ("It stays until you change it",),
    ),
    Promised(
        "all is kept as it is typed, and gone on from",
        "scenarios/sessions/test_typed.py::"
        "test_every_word_is_there_again_however_the_form_is_closed",
        (
            "kept as you go",
            "*Resume* is on your Home tab",
            "{…} · {…}{…} · kept as you go",
            "close it whenever you like, and *Resume* is on your Home tab.",
        ),
    ),
    Promised(
        "what is prepared is the rep's alone until it is sent",
        "scenarios/sessions/test_typed.py::"
        "test_what_a_rep_begins_to_prepare_is_nobody_elses_until_it_is_sent",
        ("Kept as you go, for you alone;", "{…} reads it once you send it."),
    ),
    Promised(
        "what was logged stays as it was while it is changed, until that is saved",
        "scenarios/sessions/test_typed.py::"
        "test_what_is_half_changed_stands_as_it_was_until_it_is_saved",
        ("what was logged stays.",),
    ),
    Promised(
        "private words leave by no way",
        "scenarios/sessions/test_session_bad_days.py::"
        "test_private_words_leave_through_no_message_log_or_export",
        ("Only you see this",),
    ),
    Promised(
        "an old session keeps its topics",
        f"{SESSION}::test_the_manager_changes_the_topics_and_an_old_session_keeps_its_own",
        ("Sessions you held keep the topics they had",),
    ),
    Promised(
        "it is sent once, and later changes say so",
        f"{SHARING}::test_it_is_sent_once_and_later_edits_change_the_same_message",
        (
            "Later changes show there, and say so",
            "You get this once, because {…} shared it",
            "Your Home tab has it too",
        ),
    ),
    Promised(
        "the preview is what the rep reads",
        f"{SHARING}::test_the_manager_sees_what_the_rep_will_see_before_sharing",
        ("This is what {…} will read, nothing else",),
    ),
    Promised(
        "what is sent to nobody is not lost",
        f"{SHARING}::test_a_message_that_slack_does_not_take_is_not_shared",
        ("Nothing was sent and nothing is lost;",),
    ),
    Promised(
        "what a rep remembers otherwise goes where they said",
        f"{SHARING}::test_what_shall_stand_beside_the_text_goes_wherever_that_goes",
        (
            "It goes wherever the text goes if you say so, else",
            "It stands beside what was shared, wherever that goes, and {…} is told.",
            "Beside the text it goes wherever that goes: into an export, to whoever manages the"
            " team later.",
            "All who read what was shared: it stands beside it",
        ),
    ),
    Promised(
        "what a rep remembers otherwise goes to the manager alone where they say so",
        f"{SHARING}::test_what_the_rep_remembers_otherwise_goes_to_the_manager_alone",
        (
            "else to your manager alone",
            "to you alone",
            "o {…} alone",
            "You remember it differently, to {…} alone",
            "{…} alone",
        ),
    ),
    Promised(
        "a rep's own words are read by their manager",
        f"{SHARING}::test_the_rep_adds_words_and_the_manager_reads_them",
        ("{…} reads them, and whoever manages the team later",),
    ),
    Promised(
        "Seen tells the manager, who is sent nothing",
        f"{SHARING}::test_a_shared_session_reads_like_a_letter_and_is_seen",
        ("*Seen* lets {…} know that you read it, and nothing more.",),
    ),
    Promised(
        "what was shared by mistake is gone, and what was said to it stays the rep's",
        "scenarios/contacts/test_changes_hands.py::"
        "test_a_field_day_that_was_shared_with_one_rep_and_corrected_to_another",
        (
            "They stay yours: nobody else on the team",
            "It is gone from your Home tab too",
        ),
    ),
    # Field days
    Promised(
        "the actions of a field day are seen once it is shared",
        "scenarios/promises/test_noted.py::test_the_actions_of_a_field_day_wait_for_sharing_too",
        ("They see both once you share the day",),
    ),
    Promised(
        "a field day is finished later",
        f"{FIELD_DAY}::test_a_field_day_is_finished_later",
        ("Kept: your {…}, as far as it is written down.",),
    ),
    # Meetings
    Promised(
        "words from a private place stay there",
        "scenarios/meetings/test_meeting_privacy.py::test_words_from_a_private_place_stay_there",
        (
            "That message is from a private place",
            "Nothing was added",
            "Say it in your own words with `/agenda` if the team should hear it.",
        ),
    ),
    Promised(
        "what is heard goes to the agenda, and is kept for the first meeting",
        f"{FIELD_DAY}::test_what_was_heard_goes_to_the_team_agenda_without_a_name",
        (
            "kept for your first team meeting",
            "What you add with `/agenda` is kept for the first one",
            "Kept for the next team meeting",
            "Say that {…} heard it",
            "The team reads these words at the next meeting",
        ),
    ),
    Promised(
        "what is kept for the next session shows in it until it is held",
        f"{FIELD_DAY}::test_what_was_heard_shows_in_the_next_session_until_that_is_held",
        (
            "Kept for your next session with {…}",
            "It shows when you next hold a session",
            "*Kept for this session*",
        ),
    ),
    Promised(
        "an item goes from its author past the manager to the team, and on to the next agenda",
        f"{MEETINGS}::test_an_agenda_from_the_first_item_to_the_recap",
        (
            "{…} sees it first",
            "It comes the working day before",
            "The agenda comes before each meeting",
            "the next team meeting",
            "Set it under *Settings*, and this becomes its agenda.",
        ),
    ),
    Promised(
        "an item about one person is not shown to the team, and moves to their session",
        f"{MEETINGS}::test_an_item_about_one_person_is_never_shown_in_the_channel",
        ("Kept, and not shown to the team, since it",),
    ),
    Promised(
        "moved to the session, the team does not see it",
        f"{MEETINGS}::test_an_item_about_one_person_is_never_shown_in_the_channel",
        ("Moved: it shows in your next session with {…}, and the team does not see it.",),
    ),
    Promised(
        "what names one person is not shown to the team before its manager said so",
        f"{MEETINGS}::test_an_item_about_one_person_is_never_shown_in_the_channel",
        ("Kept off the agenda for now",),
    ),
    Promised(
        "what is on an agenda goes on, whatever becomes of the meeting",
        f"{MEETINGS}::test_moved_skipped_and_cancelled_meetings_keep_their_items",
        ("agenda goes to the next",),
    ),
    Promised(
        "an agenda of which nobody knows is sent again, or kept up to date",
        f"{MEETINGS_BAD}::test_the_answer_was_lost",
        (
            "goes out again in a moment",
            "Press any button on it once, and I keep it up to date from then on.",
        ),
    ),
    Promised(
        "who leads one skill hears a week before",
        f"{MEETINGS_BAD}::test_one_skill_is_told_a_week_ahead",
        ("take turns, and hear a week before",),
    ),
    Promised(
        "a turn changes only when it is taken",
        f"{SWAP}::test_nothing_changes_before_the_other_takes_it",
        (
            "{…} is asked to take it",
            "until then it is yours",
            "Nothing changes unless you take it",
            "Whoever you pick is asked first",
            "{…} is asked{…}, and can take it until",
            "Until then {…}",
        ),
    ),
    Promised(
        "a turn counts for who holds it",
        f"{SWAP}::test_each_turn_counts_for_who_held_it",
        ("It then counts as your turn",),
    ),
    Promised(
        "of a pair one is asked first, then the other, and nothing changes before both said yes",
        f"{PAIRING}::test_both_are_asked_and_the_agenda_says_who_shows_what",
        (
            "{…} is asked first:",
            "{…} is asked once that is a yes:",
            "{…} is asked about {…}.",
            "{…} is asked to show it",
            "{…} is asked about “{…}”{…} and can say until",
            "Then {…} is asked",
            "Nothing changes before both said yes",
            "would you like a teammate to show you something",
            "Whoever could show it is asked now",
            "Whoever shows it reads that you would like to see it",
        ),
    ),
    Promised(
        "a no of one of a pair is for the manager alone, and is not asked again",
        f"{PAIRING}::test_a_no_is_for_the_manager_alone_and_is_not_asked_again",
        (
            "A no is read by {…} alone",
            "and a no is read by you alone",
            "Nobody but you reads that, and these two are not proposed again",
        ),
    ),
    Promised(
        "showing something counts as a turn",
        f"{PAIRING}::test_the_turn_counts_for_who_showed_it",
        ("The agenda then says that you show it, and it counts as your turn",),
    ),
    Promised(
        "what was raised is told to the team once whoever raised it said yes",
        f"{CLEARED}::test_the_month_is_written_agreed_to_and_posted_once",
        ("Whoever raised it is asked first", "What was raised is read by you alone"),
    ),
    Promised(
        "nobody is asked whether the team may be told before they met Windshield",
        f"{CLEARED_BAD}::test_nobody_is_asked_before_the_introduction",
        ("can be asked once you have sent the introduction",),
    ),
    Promised(
        "what is put aside is kept, and the mirror leads to it",
        f"{CLEARED}::test_it_is_put_aside_and_taken_up_again_with_all_that_was_written",
        ("What you wrote is kept;", "`/mirror` leads to it until {…}."),
    ),
    Promised(
        "words that seem to name somebody go on once their manager says that they do not",
        f"{CLEARED}::test_a_name_is_asked_about_and_no_line_before_that_is_answered",
        ("Write it otherwise, or say that it is nobody's.",),
    ),
    Promised(
        "what a pair would read is drawn anew in the words that are typed",
        f"{PAIRING}::test_the_preview_is_drawn_anew_in_the_words_that_are_typed",
        ("See it in these words",),
    ),
    Promised(
        "a round-up that is sent again changes the item that is there",
        f"{ROUND_UP}::test_sent_to_the_agenda_again_it_changes_the_item_that_is_there",
        ("What you send now takes its place.",),
    ),
    Promised(
        "it is told until the end of the month after",
        f"{CLEARED}::test_who_left_is_not_told_of_and_november_is_over_in_january",
        ("You can say until {…};", "They read: {…} They can say until {…}."),
    ),
    Promised(
        "a pair can be answered until the evening of the working day before",
        f"{PAIRING}::test_no_answer_leaves_the_turns_as_they_are",
        ("Open until {…}",),
    ),
    Promised(
        "a pair that does not fit any more asks nobody",
        f"{PAIRING}::test_an_old_proposal_asks_nobody",
        (
            "That pair does not fit any more: one of the two is away, is asked something already, "
            "or works on something else by now.",
            "Nobody was asked.",
        ),
    ),
    Promised(
        "nobody is asked after their working day before the meeting",
        f"{SWAP}::test_it_is_too_late_after_the_working_day_before",
        ("that ends at 19:00 on their working day before",),
    ),
    Promised(
        "nobody is asked about a meeting that is not to be",
        f"{SWAP}::test_what_happens_meanwhile_ends_the_question",
        ("the meeting is not to be, so nobody is asked",),
    ),
    Promised(
        "an item with an owner leaves the agenda",
        f"{MEETINGS}::test_what_is_not_done_goes_on_and_is_asked_about_the_third_time",
        ("leaves the agenda, and the team sees who does it",),
    ),
    Promised(
        "**As it is** goes out at its time, **Post now** at once",
        f"{ANSWERS}::test_post_now_as_it_is_and_not_this_week",
        ("It goes out as it is.", "It goes out in a moment."),
    ),
    Promised(
        "untouched, an agenda goes out with the manager's own items",
        f"{MEETINGS}::test_untouched_it_goes_out_with_the_managers_items_alone",
        ("What your reps added waits for you",),
    ),
    Promised(
        "an agenda with nothing in it is not posted",
        f"{ANSWERS}::test_an_agenda_with_nothing_in_it_is_not_posted_and_nothing_is_asked",
        ("If it stays so, nothing is posted.",),
    ),
    Promised(
        "where nobody took notes the manager is asked, once, and only that is shown",
        f"{ANSWERS}::test_a_team_that_does_now_and_then_shows_what_its_manager_says_and_only_that",
        (
            "Nobody took notes, so you are asked, once.",
            "The team reads what you say, and nothing else.",
        ),
    ),
    Promised(
        "notes that came settle the question, and are kept",
        f"{ANSWERS}::test_notes_that_come_late_settle_the_question",
        ("the notes are kept.",),
    ),
    Promised(
        "what names a teammate is asked about before the team reads it",
        "scenarios/meetings/test_meeting_names.py::"
        "test_what_came_of_it_and_who_takes_what_are_asked_about_too",
        ("Good: the team reads it as it is.", "{…} is asked first."),
    ),
    # Who is away
    Promised(
        "who stands in gets the list and nothing private",
        f"{AWAY}::test_who_stands_in_gets_the_list_and_nothing_private",
        (
            "gets your list meanwhile, without anything private",
            "Gets your list, without anything private",
            "Nothing else that you and your reps agreed is shown to who stands in.",
        ),
    ),
    Promised(
        "without a stand-in the list waits",
        f"{AWAY}::test_without_a_stand_in_the_list_waits_for_the_manager",
        (
            "With nobody here, the list waits",
            "our list waits",
            "Your list waits for you",
        ),
    ),
    Promised(
        "days off that somebody enters count for every team, and nobody else sees them",
        "services/test_away.py::test_a_rep_says_so_for_every_team_and_names_nobody",
        (
            "Every manager of yours sees it, and nobody else",
            "Your days away are kept",
        ),
    ),
    # Setting up, introductions, two teams
    Promised(
        "nobody hears before the introduction, and its manager sees it first",
        f"{INTRODUCTIONS}::test_the_manager_sees_exactly_what_each_rep_gets",
        (
            "They hear nothing yet: you see that message first",
            "one message to each, just once",
            "Sent once, because {…} added you",
            "Your own page is the *Home* tab, right here: both sides' promises, and what you "
            "raised.",
        ),
    ),
    Promised(
        "before the introduction a team writes to nobody but its manager",
        f"{BEFORE}::test_two_weeks_in_which_all_is_set_up_and_nobody_introduced",
        ("I write to nobody but you until you have seen the introduction and sent it.",),
    ),
    Promised(
        "nothing is sent to who was not introduced",
        f"{BEFORE}::test_a_session_is_not_shared_with_who_was_not_introduced_and_is_afterwards",
        ("{…} {…}, so nothing was sent.",),
    ),
    Promised(
        "a set-up left half-way sends its manager the first list",
        f"{BEFORE}::test_a_set_up_left_half_way_is_offered_again_and_sends_the_first_list",
        ("Your list comes all the same, and nobody but you hears from me yet.",),
    ),
    Promised(
        "the manager is told who has it and who is still to be told",
        f"{INTRODUCTIONS}::test_who_could_not_be_told_is_named",
        (
            "I'll write to you who has it",
            "Nothing was sent there",
        ),
    ),
    Promised(
        "a message that may have arrived is not sent again",
        f"{INTRODUCTIONS}::test_a_lost_answer_is_never_sent_again",
        ("so I won't send it again;",),
    ),
    Promised(
        "a first line is the manager's own",
        f"{HOME}::test_a_reps_page_holds_nothing_of_contacts_notes_lines_or_colleagues",
        (
            "your reps don't see them",
            "Your rep does not see it",
        ),
    ),
    Promised(
        "the list comes when it was set to, with everyone on it",
        f"{TODO}::test_the_list_comes_on_monday_at_eight_with_everyone_on_it_once",
        ("Your to-do list comes on {…} at {…}", "It comes on {…}s at {…}."),
    ),
    Promised(
        "all settings can be changed later",
        "scenarios/team/test_team_settings.py::test_the_whole_form_is_kept_and_home_follows",
        ("`/team` changes your team any time",),
    ),
    Promised(
        "from the last day on a rep is on no list, and what is kept stays",
        "scenarios/team/test_rep_settings.py::"
        "test_at_the_end_date_a_rep_leaves_and_what_is_open_comes_up",
        ("What is kept stays",),
    ),
    Promised(
        "who left keeps what was shared and is open",
        "scenarios/home/test_not_on_a_team.py::"
        "test_who_left_keeps_what_was_shared_and_what_is_open",
        (
            "What was shared with you and what is still open stays here",
            "and nothing new is kept there about you",
        ),
    ),
    Promised(
        "what was shared with a rep who moved is where they are now, and what was said between two "
        "where it was",
        "scenarios/binder/test_moving.py::test_the_rep_reads_everything_once",
        (
            "What was shared with you went along to",
            "What you have with each other alone stays here",
        ),
    ),
    Promised(
        "what came along with a rep is corrected where it was noted, and read as corrected",
        "scenarios/binder/test_moving.py"
        "::test_what_the_earlier_manager_corrects_is_corrected_where_the_rep_sits",
        ("Whoever noted it can still correct it",),
    ),
    Promised(
        "a second team is asked of the first manager, whose entries stay apart",
        f"{MEMBERSHIPS}::test_a_second_team_is_asked_of_the_first_manager",
        (
            "Each of you sees your own entries",
            "Until you say so, {…} is on your team alone",
            "on another team, so I asked",
            "I'll write to you what comes of it",
            "because {…} is on your team and {…} asked",
            "Add {…} under `/team`, and I ask there.",
            "I asked {…} whether {…} may be on your team too.",
        ),
    ),
    Promised(
        "with **Not so** the rep stays where they are",
        f"{MEMBERSHIPS}::test_not_so_leaves_the_rep_where_they_are",
        (
            "stays on your team alone",
            "I tell {…}",
            "{…} would rather not: {…} stays on one team.",
        ),
    ),
    Promised(
        "before the first entry nothing is left",
        f"{MEMBERSHIPS}::test_not_my_manager_before_anything_was_kept_ends_it_and_keeps_nothing",
        (
            "Nothing was kept yet, so there is nothing left of it.",
            "You are off {…}'s team, and nothing of it is kept.",
        ),
    ),
    Promised(
        "later the manager is asked, both hear what comes of it, and what was kept stays",
        f"{MEMBERSHIPS}::test_not_my_manager_later_asks_the_manager",
        (
            "since there is something kept already",
            "You hear what comes of it",
            "What you kept stays with you",
            "{…} stays on your team",
            "{…} keeps you on the team",
            "You get this once, because {…} pressed *Not my manager* on the introduction.",
        ),
    ),
    # The plain statement
    Promised(
        "the statement names all that is kept and everyone who reads it",
        "storage/test_who_sees.py::"
        "test_the_statement_names_all_that_is_kept_and_everyone_who_reads_it",
        (
            "What is kept about you",
            "Read what is kept about you",
            "Kept about you too",
            "You see once it was shared or agreed",
            "And once it was shared with you",
            "Your manager reads what they wrote",
            "_What is kept about you, who sees it, for how long_",
            "Your manager keeps notes of your work together, to make time for everyone and to "
            "keep what was promised.",
        ),
    ),
    Promised(
        "what is older than things are kept is nowhere, and what still stands is",
        "scenarios/workspaces/test_kept_for.py::"
        "test_what_is_older_than_a_workspace_keeps_things_is_nowhere",
        (
            "until somebody deletes it.",
            "*For how long:* {…} What is deleted is gone for good after thirty days;",
            "What stands stays: plans, the focus, open promises, who knows whom.",
            "What stood here is older than Windshield keeps things in this workspace",
            "Promises that are still open are on your *Home* tab.",
        ),
    ),
    # The Monday list
    Promised(
        "What is written under “Next time” is a reason of the next list.",
        "services/test_todo_rows.py::test_next_time_is_a_reason_of_the_next_list_until_it_is_used",
        (
            "One of the reasons for {…} on next week's list.",
            "What to come back to",
        ),
    ),
    Promised(
        "The line each morning comes to who asked for it, and no more once it is turned off.",
        "scenarios/todo/test_todo_found.py::"
        "test_a_line_each_morning_for_who_wants_it_leads_to_the_list",
        (
            "You asked for this line each morning that somebody is on your list.",
            "A line with today's names, and the way to the list",
        ),
    ),
    Promised(
        "results that can still be made are reasons where the manager chooses them, and no others",
        "scenarios/results/test_reasons.py::"
        "test_results_warn_once_the_manager_chooses_them_in_settings",
        (
            "Visits, calls and the like warn anyway, as one of the reasons on your list.",
            "What is counted later does not warn until you choose it here.",
        ),
    ),
    Promised(
        "an issue of the day is a reason for everyone until it ends",
        f"{TODO}::test_an_issue_of_the_day_touches_everyone",
        (
            "Issue of the day: “{…}”, until",
            "`/todo issue price change until friday` gives every rep one more reason;",
            "It is one more reason to talk to each of your reps.",
            "Set one, and it is one more reason to talk to each rep.",
            "One more reason to talk to each rep, quoted as you type it.",
        ),
    ),
    Promised(
        "what a rep said to an issue is read by the manager and that rep, who can say not so",
        f"{ROUND_UP}::test_a_rep_reads_their_own_line_and_can_say_not_so",
        (
            "Each rep sees their own line on their Home tab, and can say *Not so*.",
            "You read it in the round-up, and {…} on their Home tab.",
            "You read it in the round-up, and the rep on their Home tab.",
        ),
    ),
    Promised(
        "the team reads of it what the manager sends to the agenda, without names",
        f"{ROUND_UP}::test_an_issue_is_rounded_up_for_the_manager_and_without_names_for_the_agenda",
        (
            "The team reads only what you send to the agenda, without names.",
            "The team reads these words at the next meeting, without a name.",
        ),
    ),
    Promised(
        "a line that is kept is not written over by a form that did not show it",
        f"{ROUND_UP}::test_bad_days_of_a_line",
        ("A line of theirs is kept already, so this one waits here.",),
    ),
    Promised(
        "a word why is the manager's own, and the rep is back next week",
        "services/test_todo_work.py::test_not_this_week_keeps_a_word_why_until_it_is_on_again",
        (
            "Only you see it",
            "is back on the list next week",
        ),
    ),
    Promised(
        "what stayed open comes first next week",
        "scenarios/todo/test_todo_weeks.py::test_eight_weeks_of_two_teams",
        ("First in line next week",),
    ),
    Promised(
        "what is owed and was raised comes until it is closed",
        "services/test_todo_weeks.py::test_what_is_owed_comes_again_until_it_is_kept",
        ("What you owe and what was raised comes until it is closed",),
    ),
    Promised(
        "the welcome comes in the week of the return",
        "services/test_todo_weeks.py::test_welcome_back_comes_in_the_week_of_the_return",
        ("a welcome-back comes on",),
    ),
    Promised(
        "next week's list can be looked at",
        "services/test_todo.py::test_next_week_is_a_look_that_keeps_nothing",
        (
            "A look at next week",
            "`/todo` shows this week's list, `/todo next` a look at next week's.",
        ),
    ),
    # What did not arrive, what could not be done
    Promised(
        "what did not arrive is told of, with where it stands",
        "scenarios/home/test_not_arrived.py::"
        "test_of_every_kind_that_is_sent_somebody_is_told_when_it_did_not_arrive",
        (
            "Their *Home* tab says the same.",
            "It is on this page, and `/todo` shows it",
            "`/agenda` shows it",
            "is on their Home tab too",
        ),
    ),
    Promised(
        "what is missing in Slack stands on Home until it is mended, and nothing is lost",
        "scenarios/workspaces/test_permissions.py::"
        "test_a_line_stands_on_the_managers_home_until_it_is_mended",
        ("nothing is lost meanwhile",),
    ),
    Promised(
        "where no files may be sent, it is said",
        "scenarios/binder/test_own_copy.py::test_where_slack_lets_nobody_send_files_it_is_said",
        ("Nothing is lost.",),
    ),
    Promised(
        "Home is drawn again when it is opened again",
        f"{HOME}::test_a_home_that_was_never_drawn_says_that_the_database_is_away",
        ("open this page again soon.",),
    ),
    Promised(
        "what is saved is never said to be lost, and the other way round",
        "scenarios/workspaces/test_saved_is_saved.py::"
        "test_whatever_becomes_of_the_answer_saved_is_saved",
        (
            "It is saved.",
            "Nothing is lost;",
            "Nothing you kept before is lost;",
        ),
    ),
    Promised(
        "a form that is not saved stays open with all that was typed",
        f"{BAD_DAYS}::test_an_edit_stays_open_while_the_database_is_away",
        (
            "What you typed is still here",
            "All you typed is still here",
        ),
    ),
    Promised(
        "whoever is from elsewhere changes nothing, and reads a sentence",
        "scenarios/workspaces/test_who_acts.py::test_every_shape_of_a_payload_is_answered_like_any",
        (
            "That is from an earlier version of me, so nothing was changed.",
            "That is for the people of the workspace I work in, so nothing was changed.",
            "I am not set up in this workspace, so nothing was changed.",
        ),
    ),
    Promised(
        "a line of `/todo` that cannot be carried out sets nothing",
        "scenarios/todo/test_todo_bad_days.py::"
        "test_an_issue_that_cannot_be_comes_back_with_what_was_typed",
        (
            "so nothing was set",
            "That is more than {…} characters, so nothing was set.",
            "{word} is not a day of the calendar, so nothing was set.",
        ),
    ),
    Promised(
        "a command nobody understands changes nothing",
        "scenarios/team/test_setup.py::test_help_and_words_that_mean_nothing",
        ("Nothing was changed.",),
    ),
    Promised(
        "what is heard stands on the market page, by tag",
        f"{MARKET}::test_what_is_heard_stands_by_tag_with_its_customers",
        (
            "`/binder market` shows what you heard of the market and of competitors",
            "In what was heard, where, and its tags.",
        ),
    ),
    Promised(
        "a tag that is much like another is asked for, and either answer is one press",
        f"{MARKET_TAGS}::test_either_answer_is_one_press_and_has_its_way_back",
        (
            "“{…}” is new. Did you mean {…}?",
            "If one is much alike, I ask.",
            "Yes, {…}",
            "No, keep {…}",
            "{…} stands",
            " under {…} now.",
            "{…} and {…} are two tags.",
            "{…} is a tag of its own.",
        ),
    ),
    Promised(
        "what is but written another way is one tag",
        f"{MARKET_TAGS}::test_what_can_be_no_tag_is_said_and_nothing_typed_is_lost",
        ("“{…}” is kept as {…}",),
    ),
    Promised(
        "what spreads is settled as an issue once it is one, and can go to the agenda still",
        f"{MARKET_SPREAD}::test_a_competitors_offer_spreads_and_is_on_the_agenda_after_the_third",
        (
            "It {…} your issue of the day until {…}.",
            "The market page has {…} as your issue; the agenda is still open to it.",
        ),
    ),
    Promised(
        "what is put aside comes again with three customers that are later",
        "domain/test_market.py::test_what_was_settled_is_quiet_for_a_quarter_and_what_is_old_is_no_news",
        ("It comes again with three customers after that.", "{…} is put aside."),
    ),
    Promised(
        "tags that are merged are two again once that is said",
        f"{MARKET}::test_tags_are_renamed_and_merged_and_two_again",
        (
            "It becomes a tag of its own, with the notes",
            "What led to it leads to it as before.",
            "will stand under the tag you pick",
            "{…} is called {…} now.",
            "Whoever types either means it.",
            "It is as it was.",
            "{…} is a tag of its own, not {…}.",
        ),
    ),
    Promised(
        "what a touch was about is not read for its market note",
        f"{MARKET}::test_a_touch_has_a_market_note_beside_what_it_was_about",
        (
            "Kept with your {…} {…}{…}: “{…}”",
            "Market note kept",
            "is not read for it",
            "Emptied, there is none.",
        ),
    ),
    Promised(
        "a rep's own page is Home",
        f"{HOME}::test_a_rep_with_nothing_open_reads_where_it_will_stand",
        (
            "Your own page is the *Home* tab, here in Windshield",
            "My *Home* tab shows all",
        ),
    ),
    Promised(
        "the binder comes once as a file to who asked for it, or a sentence says why not; one at a "
        "time, to be stopped",
        f"{EXPORT}::test_a_manager_takes_the_binder_out_of_slack",
        (
            "It comes into your messages here.",
            "You can wait for it, or stop it and take another.",
            "Stopped: no file was made, and nothing was changed.",
            "Nobody is left of the reps you chose, so there was nothing to put into a file.",
            ", but without private notes.",
            "*Export* on this page shows it.",
        ),
    ),
    Promised(
        "A calendar file that is taken anew changes the event; a calendar's address is shown once, "
        "and none any more once it is ended or another is made.",
        "scenarios/binder/test_calendar.py::"
        "test_an_address_has_what_is_its_persons_until_it_is_ended",
        (
            "it changes what your calendar has",
            "Copy it now: it is not shown again.",
            "A new one ends it.",
            "What subscribed to it gets nothing more",
            "Your calendar can follow Windshield by itself",
            "Nothing that anybody noted.",
            "Keep the address to yourself: it opens without Slack.",
            "Keep it to yourself: it opens without Slack.",
            "take it out of your calendar",
        ),
    ),
)

NO_PROMISE = (
    "See what is of the whole team",
    "See what was taken so far",
    "Nothing was taken so far.",
    "Keep it where only you can open it.",
    "Wait for it",
    "Whoever has the file can read it.",
    "See what stayed with you",
    "talk you never shared",
    "talks you never shared",
    "private note",
    "private notes",
    "Known through {…} alone",
    "Nobody on the team has been there yet",
    "promise kept",
    "promises kept",
    "next session",
    "away until {…}",
    "Nobody on the team",
    "Keep as note",
    "away until ",
    "Who reads it?",
    "{…}, until {…}",
    "until further notice",
    "Private note",
    "Heard of market and competitors",
    "What you heard there of the market",
    "First heard {…}{…}, with {…}",
    "is heard at {…} customers since",
    "Heard, by month",
    "Heard at {…}",
    "*Heard at* {…}",
    "Heard in your {…} {…}",
    "I help managers keep their attention",
    "Windshield keeps your attention on each of your reps",
    "to make time for everyone on the team, and to keep what was promised",
    "Nobody is on your team yet",
    "Nobody leads it so far",
    "There is nobody else on your team to hand it over to yet",
    "closed {…}, {…} has it now",
    "{…} handed it over: {…} has it now",
    "Who has it from now on?",
    "Keep, drop or hand over",
    "If it still matters to you, bring it up again",
    "When shall your week's list come?",
    "When should it come each week?",
    "Empty while nobody knows",
    "Still to come: {…}",
    "is still to come",
    "{…} does not see you as their manager",
    "I cannot see {channel}: it is private, or gone",
    "The agenda goes out",
    "Where it comes from",
    "They were on your team before, until a later day.",
    "Others come before it by now: the list has its share of them, you asked for another, or "
    "something changed since.",
    "That is for a rep's manager alone.",
    "Like this: `/todo issue price change until friday`.",
    "To their next session",
    "And more, in the binder and on the Home tab.",
    "Worth a word next week",
)
"""Labels, and states of now."""
