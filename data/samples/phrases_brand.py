"""Invented phrases for posts on ordinary days: product, people, jobs. One phrase a line."""

from __future__ import annotations

SLOTS = {
    "product": "Larkfield Planner|Larkfield Routes|the Larkfield app|the Larkfield dashboard|Larkfield Docks|Larkfield",
    "feature": "the calendar view|the route editor|bulk import|the driver app|the new filters|the API|the yard map|"
    "shift swaps|the dock scheduler|the mobile view|the weekly report|the import wizard",
    "team": "our dispatch team|our planners|two of our depots|the night shift|our operations desk|our warehouse|"
    "a client of ours|my team|the whole office|our drivers",
    "when": "this week|since Monday|after the last release|for three months now|today|all quarter|this morning|"
    "since the spring|yesterday afternoon|for the second time",
    "place": "Lisbon|Berlin|Porto|Hamburg|Rotterdam|Leipzig|Madrid|Ghent",
    "format": "CSV|ICS|GeoJSON|PDF|a plain spreadsheet",
}

OPENERS = """
Quick note:
Day 12 with it:
Two months in,
For anyone comparing tools:
From the depot floor:
Monday report:
Since someone asked:
Small thread on planning tools:
After a year of spreadsheets,
Field notes:
Short version:
From a logistics desk:
One more data point:
Notes from {place}:
Overheard in {place}:
"""

POSITIVE = """
{product} has been great for {team} {when}
really happy with {feature} in {product}, it is easy to use
the people behind {product} answered within the hour, excellent service
love how {feature} works in {product} now
{team} moved to {product} {when} and it was a good decision
impressed by {feature}, it saves {team} an hour a day
good talk by a Larkfield engineer in {place} {when}
thanks to the Larkfield staff in {place} for a helpful session
{product} makes planning fun again, nice work
best onboarding we have had, well done Larkfield
{feature} is a real improvement, glad we waited for it
we recommend {product} to every partner who asks
friendly and honest sales call with Larkfield {when}, rare thing
the new release is excellent, {feature} is fast and easy
congratulations to Larkfield on the new office in {place}
proud to build on {product} with {team}
even {team} came to like {product}
beautiful update of {feature}, thank you
had a perfect cutover to {product} {when}
Larkfield's meetup in {place} was a pleasure, smart crowd
"""

NEUTRAL = """
moving {team} from spreadsheets to {product} {when}
does {product} export {feature} to {format}?
{product} changed the layout of {feature} {when}
Larkfield is hiring a data engineer in {place}
anyone running {product} with more than forty depots?
looking at {product} and two other tools for {team}
{feature} in {product} now reads {format}
Larkfield speaks at the logistics days in {place} next month
{team} will start with {product} on Monday
how long did the setup of {feature} take you?
wrote down how we connect {product} to our ERP
{product} 4.2 is out, the notes mention {feature}
comparing prices of {product} and its peers {when}
where in {product} do I set the time zone of a depot?
Larkfield opened three roles in {place} {when}
webinar on {feature} by Larkfield on Thursday at 15:00
our tender lists {product} among five tools
{product} runs on two screens in our control room
is there a way to copy {feature} between two accounts?
Larkfield posts its quarterly numbers on Wednesday
"""

NEGATIVE = """
{feature} in {product} is broken again {when}
{product} crashed twice {when}, annoying for {team}
waiting four days for an answer about {feature}, bad service
the new price of {product} is a terrible surprise
{feature} got worse {when}
{team} lost an hour because {product} failed to sync
confusing menus and annoying pop-ups in {product}
disappointed by {feature}, we had hoped for more
{product} is painfully slow on tablets, a problem for {team}
sad to see {feature} removed from {product}
another error in {feature}, another lost morning
the contract terms of {product} are a mess
{product} sent wrong times to {team} {when}, awful
frustrating call about {feature}, nobody knew the answer
hate how {feature} forgets its settings
worst outage of {product} so far {when}
"""

CLOSERS = """
More in a few weeks.
We are a team of nine.
Screens to follow.
Writing it up.
That is all.
Tested on two sites.
Anyone else?
Version 4.1 here.
Seen in {place}.
Back to the yard.
Part two tomorrow.
#logistics
#planning
#larkfield
(about thirty vehicles)
"""

GERMAN = {
    "positive": """
{product} läuft bei uns seit Wochen sehr gut
schnelle Antwort von Larkfield, vielen Dank
die neue Ansicht in {product} ist richtig gelungen
tolles Treffen mit Larkfield in {place}
unsere Disposition ist mit {product} sehr zufrieden
endlich eine Planung, die Spaß macht, danke Larkfield
{product} spart uns jeden Tag Zeit, klare Empfehlung
""",
    "neutral": """
wir stellen gerade von Tabellen auf {product} um
hat jemand {product} mit mehreren Lagern im Einsatz?
Larkfield sucht Leute in {place}
{product} 4.2 ist da, die Notizen nennen {feature}
wie lange hat die Einrichtung von {product} bei euch gedauert?
Larkfield spricht nächsten Monat in {place}
wir vergleichen {product} mit zwei anderen Werkzeugen
""",
    "negative": """
{product} ist seit dem Update leider sehr langsam
seit vier Tagen keine Antwort von Larkfield, ärgerlich
{product} ist heute schon zweimal abgestürzt
die neuen Preise von {product} sind eine Frechheit
falsche Zeiten in {product}, die Schicht stand herum
die neue Ansicht in {product} ist unübersichtlich
""",
}
