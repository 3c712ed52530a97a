"""The manifest of surveys."""

from app import ladder
from app.accounts import contributions
from app.dialogues import registering
from app.i18n import lazy as _l
from app.i18n import lazy_p, plural
from app.levels.consultation.surveys import jobs, queries  # noqa: F401  # jobs: registered by being imported
from app.levels.consultation.surveys.demo import fill
from app.levels.consultation.surveys.events import EVENTS
from app.levels.consultation.surveys.exports import EXPORTS
from app.levels.consultation.surveys.manage import blueprint as survey_desk
from app.levels.consultation.surveys.notices import NOTICES
from app.levels.consultation.surveys.queries import Written
from app.levels.consultation.surveys.routes import blueprint
from app.levels.consultation.surveys.rules import RULES, Do
from app.multilingual import sources
from app.subjects import Author, Subject

# These registries lie on floors that know nothing of methods, so the manifest fills them as it is read.
sources.register(*queries.SOURCES)
contributions.register(contributions.Section("surveys", _l("Surveys you have answered"), queries.contributions))


def _author(text: Written) -> Author | None:
    person = text.person
    return None if person is None else (person.email, person.language, person.id)


registering.register(
    registering.Door("surveys", _l("Register answers to the survey"), Do.REGISTER, queries.open_for_others)
)

SURVEY = Subject(
    kind="survey",
    name=lazy_p("subject", "Survey"),
    read=Do.READ,
    load=queries.survey,
    title=lambda row: row.title,
    address=queries.address_of,
    visible_to=queries.visible_to,
    index_text=lambda row: f"{row.title}\n{row.intro}",
)
ANSWER = Subject(
    kind="answer",
    name=lazy_p("subject", "Answer to a survey"),
    read=Do.READ_ANSWER,
    load=queries.written,
    title=lambda text: text.question.text,
    address=lambda text: queries.address_of(text.survey, "surveys.results"),
    visible_to=queries.texts_visible_to,
    personal_data=queries.free_texts,
    text=lambda text: text.answer.text or "",
    context=lambda text: f"{text.survey.title} – {text.question.text}",
    author=_author,
    by_review=queries.by_review,
)

METHOD = ladder.Method(
    key="surveys",
    level=ladder.CONSULTATION,
    offered_at=ladder.from_here_up(ladder.CONSULTATION),
    name=lazy_p("method", "Surveys"),
    invitation=_l("Answer the questions. You can stop and go on later."),
    figure=lambda answers: plural("%(num)s answer", "%(num)s answers", answers),
    blueprints=(blueprint, survey_desk),
    home="survey_desk.index",
    rules=RULES,
    events=EVENTS,
    subjects=(SURVEY, ANSWER),
    ready=queries.unready,
    participants=queries.participants,
    notices=NOTICES,
    exports=EXPORTS,
    demo=fill,
)
