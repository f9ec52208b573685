"""What happened when, one event a line: time | milestone | function | audience | platform | detected by | description.

Times are those of Lisbon. A time without a clock is known to the day only.
"""

from __future__ import annotations

TIMELINES = {
    "2025-03-thread": """
2025-03-11 07:40 | posted | | public | X | | Eleven messages mocking the accents of call centre staff go online from a private account that names us as employer.
2025-03-11 16:25 | other | | public | X | | A customer's support lead asks under the thread whether this is how we speak of their colleagues. Nobody answers.
2025-03-12 09:18 | detected | PR | press | X | press | A reporter of a trade paper calls the press desk and asks for a comment.
2025-03-12 10:05 | acknowledged | PR | | | | The duty officer confirms the call and saves copies of the thread.
2025-03-12 10:28 | team_assembled | Leadership | | | | PR, Legal and Leadership meet. HR joins an hour later; nobody had their number.
2025-03-12 11:30 | other | HR | | X | | The thread is taken down by its author, unasked.
2025-03-12 12:48 | decision | Leadership | | | | Decision: apologise, no guessing about motives, no word on consequences for the employee.
2025-03-12 14:05 | drafted | PR | | | | Draft of the statement sent to Legal.
2025-03-12 17:56 | approved | Legal | | | | Approved on the second reminder. The only person allowed to approve was in a meeting outside the building.
2025-03-12 18:30 | statement | PR | public | X | | First public statement: apology to call centre staff, update promised within two days.
2025-03-12 19:05 | statement | PR | press | LinkedIn | | The same text to the trade press and as a post on LinkedIn.
2025-03-12 19:10 | internal_message | HR | employees | | | Message to all employees, forty minutes after the public statement.
2025-03-13 | employee_contacted | HR | | | | Private talk with the employee. The day is certain, the hour was not written down.
2025-03-14 11:00 | update | PR | public | X | | Update: talks held, call centre partners contacted in person.
2025-03-14 15:30 | other | Sales | customers | | | Two customers ask for a call; account managers have no agreed text.
2025-03-17 15:00 | update | PR | public | LinkedIn | | Update: training for all teams announced.
2025-03-18 16:00 | contained | PR | | | | Mentions back near their usual level for a second day; active monitoring ends.
2025-03-25 12:00 | resolved | Leadership | | | | Case closed by the response team.
2025-05-06 14:00 | reviewed | Leadership | | | | Review held, six weeks after closing.
""",
    "2025-10-ticket": """
2025-10-13 20:15 | posted | | public | Reddit | | Screenshot of a support ticket posted as a joke; the client's name can be read.
2025-10-14 08:50 | detected | Support | customers | Reddit | customer | The client named in the ticket calls the support line.
2025-10-14 09:10 | acknowledged | PR | | | | Duty officer confirms, link and copies saved.
2025-10-14 09:45 | team_assembled | Leadership | | | | PR, HR, Legal, Security and Support on one call.
2025-10-14 10:05 | decision | Leadership | | | | Decision: call the client first, then a public apology. Taken before the reach of the post was known.
2025-10-14 10:12 | other | Security | | Reddit | | The post is deleted by its author at our request.
2025-10-14 10:25 | assessed | HR | | | | Assessment: one client affected, no passwords or contracts, about 90,000 views.
2025-10-14 11:00 | drafted | PR | | | | Draft of the statement sent to Legal.
2025-10-14 11:40 | other | Support | customers | | | Personal call and apology to the client by the head of Support.
2025-10-14 13:30 | internal_message | HR | employees | | | Message to all employees, before the public statement.
2025-10-14 14:20 | approved | Legal | | | | Approved after 3 h 20 min, again by the only person allowed to.
2025-10-14 14:55 | statement | PR | public | Reddit | | First public statement, in the discussion where it began.
2025-10-14 15:20 | statement | PR | public | X | | The same statement on X.
2025-10-14 16:10 | update | Support | customers | | | Letter to all customers: what was shown, what was not.
2025-10-14 16:30 | employee_contacted | HR | | | | Private talk with the employee, works council present.
2025-10-15 09:30 | update | Legal | regulators | | | Notice to the data protection authority.
2025-10-15 14:00 | update | PR | public | Reddit | | Update: the client agreed to the wording, tickets are now masked for training use.
2025-10-17 | contained | PR | | | | Discussion locked by the moderators; hour not recorded.
2025-10-24 12:00 | resolved | Leadership | | | | Case closed.
2025-11-19 10:00 | reviewed | Leadership | | | | Review held. Same cause as in March: one approver, no deputy.
""",
    "2026-04-promotion": """
2026-04-14 10:05 | posted | | public | LinkedIn | | The fourth unmarked post recommending a paid side tool; the first to be widely shared.
2026-04-14 10:41 | detected | PR | | LinkedIn | own_monitoring | The alert for our name plus unmarked offers fires; nobody outside has raised it yet.
2026-04-14 10:52 | acknowledged | PR | | | | Duty officer takes the case, copies saved.
2026-04-14 11:20 | assessed | HR | | | | Assessment: four posts since February, about 30,000 views, no customer data.
2026-04-14 11:30 | team_assembled | Leadership | | | | PR, HR, Legal and Sales on one call.
2026-04-14 11:58 | decision | Leadership | | | | Decision: say what happened, mark the posts, no promotion of side tools with our name.
2026-04-14 12:25 | drafted | PR | | | | Draft made from the prepared text.
2026-04-14 12:40 | internal_message | HR | employees | | | Message to all employees before anything goes out.
2026-04-14 12:52 | approved | Legal | | | | Approved by the deputy within half an hour.
2026-04-14 13:05 | statement | PR | public | LinkedIn | | Statement in the place where the posts were.
2026-04-14 13:20 | statement | PR | public | X | | The same statement on X.
2026-04-14 14:30 | employee_contacted | HR | | | | Private talk with the employee.
2026-04-14 17:15 | other | Sales | partners | | | A partner writes to thank us for being told before the news.
2026-04-15 10:00 | update | PR | public | LinkedIn | | Update: list of the posts and how they are marked now.
2026-04-15 11:20 | update | Support | customers | | | Note to customers who had bought the side tool.
2026-04-15 15:00 | update | Sales | partners | | | Note to partners.
2026-04-16 16:30 | contained | PR | | | | Posts marked, mentions falling.
2026-04-20 10:00 | update | PR | public | X | | Last update: rule on side work published.
2026-04-22 15:00 | resolved | Leadership | | | | Case closed.
2026-05-13 10:30 | reviewed | Leadership | | | | Review held, plan kept, two strengths noted.
""",
    "2026-11-comments": """
2026-11-16 13:20 | posted | | public | Instagram | | Demeaning comments to a trainee under a partner's video, from an account that names us.
2026-11-16 15:05 | other | | public | Instagram | | The partner closes the comment section.
2026-11-16 17:02 | detected | PR | public | X | public | Screenshots reach our press desk through replies on X. Comments on Instagram are not monitored.
2026-11-16 17:25 | acknowledged | PR | | | | Duty officer confirms, copies saved.
2026-11-16 17:50 | team_assembled | Leadership | | | | PR, HR and Legal on one call; Sales is not reached.
2026-11-16 17:55 | assessed | HR | | | | Assessment: one trainee, six comments, widely copied.
2026-11-16 18:30 | decision | Leadership | | | | Decision: apologise to the trainee and the partner, in public and in person.
2026-11-16 19:25 | drafted | PR | | | | Draft of the statement sent for approval.
2026-11-16 20:10 | other | Sales | partners | | | The partner's manager asks for a call; promised for the next morning.
2026-11-16 22:31 | approved | Legal | | | | Approved after 3 h 6 min. The deputy was on leave and the rota had no third name.
2026-11-16 22:55 | statement | PR | public | Instagram | | First public statement, in the place where it began.
2026-11-16 23:08 | statement | PR | public | X | | The same statement on X.
2026-11-17 10:15 | employee_contacted | HR | | | | Private talk with the employee.
2026-11-17 18:30 | update | PR | public | X | | Update: personal apology given, the partner thanked for its patience.
2026-11-18 09:30 | update | Support | customers | | | Note to customers who had asked.
2026-11-19 12:00 | update | PR | public | Instagram | | Update: what happens next, and when we report again.
2026-11-20 11:15 | other | HR | employees | | | Several managers report questions from their teams; the message to employees is still a draft.
""",
}
