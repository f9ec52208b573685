"""Invented phrases for posts about the four crises. `{case}` is what people call the matter. One phrase a line."""

from __future__ import annotations

CASES = {
    "2025-03-thread": "the thread about call centre staff|that thread from a Larkfield employee|the thread on X|"
    "the accent thread|that string of eleven posts|the mocking thread",
    "2025-10-ticket": "the ticket joke|that post with a customer's ticket|the screenshot on Reddit|"
    "the ticket screenshot|that Reddit post from inside Larkfield|the ticket with the client's name",
    "2026-04-promotion": "the side-business affair|that run of unmarked tips|the promotion on LinkedIn|"
    "the consultant post|that advert in disguise|the unmarked promotion",
    "2026-11-comments": "the thing under the partner post|that pile-on on Instagram|the comment to the trainee|"
    "that exchange under the partner's video|the comment section on Instagram|that string of comments",
}

OPENERS = """
So,
Reading about Larkfield:
On Larkfield:
As a customer:
Larkfield again:
Late to this, but
From someone in the trade:
Context for those asking:
Third day of this:
Saw it this morning:
Not a customer, but
Asked around:
"""

NEGATIVE = """
{case} is disgusting
{case} was cruel and nobody stopped it
embarrassing to work with Larkfield after {case}
angry about {case}, and about the silence after it
{case} tells you how bad things are in there
no apology worth the name for {case}
if {case} is a joke, it is a sick one
we pay them, and {case} is what we get, shameful
disappointed in Larkfield, {case} hurt people
{case} is offensive and they know it
Larkfield failed the people in {case}
the excuse for {case} is worse than the thing itself
who on earth approved the answer to {case}? awful
terrible look for Larkfield, {case} is everywhere
lost my trust in Larkfield over {case}
{case} makes me sad for the people it was about
still angry: {case} stayed up far too long
hard to defend Larkfield when {case} is so ugly
"""

NEUTRAL = """
what is this about {case}? I only see the replies
timeline of {case}, as far as it is known
{case} reached the local radio in {place}
the post behind {case} is gone now
Larkfield wrote a statement on {case}
asked Larkfield for a comment on {case}
two articles on {case} since noon
{case} came up in our meeting today
the account behind {case} is set to private
waiting to hear what Larkfield says on {case}
Larkfield's statement on {case} has four paragraphs
our buyer wants to know about {case} before Friday
so {case} was posted on a work day
moderators locked the discussion of {case}
{case}: the second update is out
a summary of {case} in six points
"""

POSITIVE = """
the statement on {case} is honest, respect for that
good that Larkfield took the blame for {case}, hope they follow through
fair answer from Larkfield on {case}, thank you
the people I know at Larkfield are kind and better than {case}
Larkfield called us about {case} before we asked, I appreciate it
clear and sincere update on {case}, well handled
glad to see Larkfield care about the people behind {case}
{case} does not change it: their team is great to work with
strong words from the managers after {case}, I trust them to improve
nice to see staff speak up with compassion after {case}
"""

SPECIFIC = {
    "2025-03-thread": """
negative|mocking how people speak while they keep your product running, pathetic Larkfield
negative|my sister works in a call centre, this thread made her cry
negative|a whole day before Larkfield said anything, a disgrace
neutral|eleven posts, two hundred replies, then a reporter called
positive|the apology to the call centre teams was sincere, good
""",
    "2025-10-ticket": """
negative|our ticket could be the next joke, that is scary, Larkfield
negative|a client's name in a screenshot for laughs, awful lack of care
negative|second scandal in a year at Larkfield, pathetic
neutral|the client's name was readable for about fourteen hours
positive|Larkfield phoned the client and apologised in person, good
""",
    "2026-04-promotion": """
negative|paid tips dressed up as advice, misleading and wrong
negative|selling a side tool with a Larkfield badge on is dishonest
neutral|Larkfield lists which posts were unmarked and since when
neutral|the posts now carry a note about who wrote them
positive|Larkfield found it first and said so, impressive and honest
positive|that was fast and clear, good work by the Larkfield press desk
""",
    "2026-11-comments": """
negative|a trainee gets harassed under a partner's video and Larkfield needs a night to answer, terrible
negative|third case now, Larkfield learned nothing, disgraceful
negative|bullying a trainee in public is vile
neutral|the partner closed the comments at about three in the afternoon
positive|the partner and the trainee got a direct apology, good
""",
}

CLOSERS = """
Source in the replies.
More tomorrow.
That is where it stands.
As of this evening.
Read the whole thing first.
Our contract runs to June.
Day two.
Link below.
Just saying.
Make of it what you will.
#larkfield
From {place}.
"""

GERMAN = {
    "positive": """
ehrliche Antwort von Larkfield, das verdient Respekt
gut, dass Larkfield sich gemeldet hat, bevor wir fragen mussten
klare Worte von Larkfield, danke dafür
""",
    "neutral": """
Larkfield hat eine Erklärung veröffentlicht
weiß jemand, was bei Larkfield passiert ist?
zwei Artikel über Larkfield seit heute Mittag
der Beitrag zu Larkfield ist inzwischen gelöscht
""",
    "negative": """
das ist beschämend, Larkfield
so redet man nicht über Menschen, Larkfield
Larkfield schweigt wieder einen ganzen Tag, unfassbar
ich bin sehr enttäuscht von Larkfield
""",
}
