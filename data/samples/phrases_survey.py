"""Invented comments of employees, customers and partners. One phrase a line; none names or describes a person."""

from __future__ import annotations

EMPLOYEE = {
    "positive": """
My team is a good place to work.
The check-ins help, please keep them.
I like that managers admit what went wrong.
Honest answers in the last all-hands, thank you.
The training was short and useful.
Proud of how we treated those who were affected.
I feel heard more often than a year ago.
The new rule on side work is clear.
Good support when I had a question about posting.
Colleagues look after each other here.
""",
    "neutral": """
More notice before the all-hands would help.
Please say when the next update comes.
I would like to know what changed after the last review.
The policy exists, but few have read it.
We talk about it in the team, less so across teams.
The intranet page is hard to find.
Some questions from the spring are still open.
Two trainings on one day were too many.
I read the summary, it was fine.
Ask again in three months.
""",
    "negative": """
I learned it from the news, not from us.
Customers asked me and I had nothing to say.
It takes too long until somebody says something.
The same thing again, and the same promises.
I do not believe anything follows from this survey.
Speaking up still feels risky.
Leadership was silent for a whole day.
Support gets the anger and none of the facts.
We were told after the public, again.
Nobody explained the decision to us.
""",
    "tail": """
Small steps, please.
That is my main point.
The rest is fine.
I hope this is read.
Otherwise no complaints.
It would cost little.
Others say so too.
This matters more than the perks.
""",
}

CUSTOMER = {
    "positive": """
The call came quickly and was sincere.
Clear text, no excuses.
Our account manager knew what to say.
We stay, the product is good.
""",
    "neutral": """
We would like to see what changes.
A letter is fine, a call would be better.
We read about it before your message arrived.
Please send one contact for such questions.
""",
    "negative": """
Too slow. We heard it from our own people first.
The first answer avoided the point.
Our staff were hurt and nobody called.
We had to ask three times.
""",
}

PARTNER = {
    "positive": """
Good that you told us before the news.
Fair and direct.
""",
    "neutral": """
Tell us who to call next time.
We need a text for our own customers.
""",
    "negative": """
We were informed a day after the public.
Our logo stood next to it, unasked.
""",
}
