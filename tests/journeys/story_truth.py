"""What the story asks and what its thirty residents type: the truth that every export is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TITLE = "Torget i Tråvad"
QUESTION = "Hur ska torget i Tråvad användas?"
PLACES = ("Träd & blommor", "Lekplats", "Torghandel; loppis", "Parkering")
DAYS = ("Vardag", "Helg", "Båda")
MOST_YEARS = 120
CALLED = "Vad kallar du platsen?"  # the only question that must be answered, and each answers it in their own words
YEARS = "Hur många år har du bott här?"
USES = "När är du på torget?"
WISHES = "Vad vill du se där?"
SAFE = "Hur trygg är du på kvällen?"
WHY = "Berätta mer om det du vill"
AGAIN = "Hur viktigt är torget för dig?"
SECRET = "Något du vill säga till nämnden?"
HINT = "Skriv ett tal, till exempel 12 eller 3,5."
LOW, HIGH = "Mycket otrygg", "Mycket trygg"
SUMMARY = "Torget ska göras om. Säg hur det används."
PURPOSE = "Nämnden vill veta hur torget används och vad som saknas."
PROMISE = "Nämnden läser allt och säger i mars vad som blev av det."
AFFECTED = "bor i Tråvad"
CAN_CHANGE, IS_FIXED, FIXED_WHY = "Var träd och bänkar står", "Torget får inte bebyggas", "Detaljplanen säger så."
OPEN_SURVEY, ACCOUNT_SURVEY = "Torget och du", "Till dig med konto"
OPEN_INTRO, ACCOUNT_INTRO = "Svaren används när torget ritas.", "En gång för varje person."

# kind, question, further fields of the form that makes it; the page breaks are where new_page is
OPEN_QUESTIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("line", CALLED, {"required": True, "new_page": False, "most": "120"}),
    ("number", YEARS, {"new_page": False, "hint": HINT, "least": "0", "most": str(MOST_YEARS)}),
    ("single", USES, {"new_page": True, "options": "\n".join(DAYS)}),
    ("multiple", WISHES, {"new_page": False, "options": "\n".join(PLACES), "most": "3"}),
    ("scale", SAFE, {"new_page": True, "low_label": LOW, "high_label": HIGH}),
    ("text", WHY, {"new_page": False}),
)
ACCOUNT_QUESTIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("scale", AGAIN, {"required": True, "new_page": False}),
    ("text", SECRET, {"new_page": False}),
)

# Swedish → Arabic, everything that a reader of the survey and of the dialogue's page meets.
ARABIC = {
    TITLE: "ساحة تروفاد",
    QUESTION: "كيف ينبغي أن تُستخدم الساحة في تروفاد؟",
    CALLED: "ماذا تسمّي هذا المكان؟",
    YEARS: "منذ كم سنة تسكن هنا؟",
    HINT: "اكتب رقمًا، مثل 12 أو 3,5.",
    USES: "متى تكون في الساحة؟",
    "Vardag": "أيام العمل",
    "Helg": "عطلة نهاية الأسبوع",
    "Båda": "كلاهما",
    WISHES: "ماذا تريد أن ترى هناك؟",
    "Träd & blommor": "أشجار وأزهار",
    "Lekplats": "ملعب أطفال",
    "Torghandel; loppis": "سوق وبيع أشياء مستعملة",
    "Parkering": "موقف سيارات",
    SAFE: "إلى أي درجة تشعر بالأمان مساءً؟",
    LOW: "غير آمن أبدًا",
    HIGH: "آمن جدًا",
    WHY: "أخبرنا المزيد عمّا تريد",
    AGAIN: "ما مدى أهمية الساحة لك؟",
    SECRET: "هل تودّ أن تقول شيئًا للمجلس؟",
    OPEN_SURVEY: "الساحة وأنت",
    ACCOUNT_SURVEY: "لمن لديه حساب",
    OPEN_INTRO: "تُستخدم الإجابات عند تصميم الساحة.",
    ACCOUNT_INTRO: "مرة واحدة لكل شخص.",
    SUMMARY: "ستُجدَّد الساحة. قل كيف تُستخدم.",
    PURPOSE: "يريد المجلس أن يعرف كيف تُستخدم الساحة وما الذي ينقصها.",
    PROMISE: "يقرأ المجلس كل شيء ويقول في آذار ماذا حدث.",
    AFFECTED: "يسكنون في تروفاد",
    CAN_CHANGE: "مكان الأشجار والمقاعد",
    IS_FIXED: "لا يجوز البناء على الساحة",
    FIXED_WHY: "هذا ما تقوله الخطة التفصيلية.",
}


@dataclass(frozen=True)
class Resident:
    """Somebody who answers. What is None or empty is left out; `uses`, `wishes`: in Swedish, as they are exported."""

    called: str
    years: str = ""
    uses: str | None = None
    wishes: tuple[str, ...] = ()
    safe: int | None = None
    why: str = ""
    language: str = "sv"
    way: str = "quick"  # quick, phone, plain (without JavaScript), desk (a full browser)

    @property
    def number(self) -> float | None:
        return float(self.years.replace(",", ".").replace(" ", "")) if self.years else None


INSULT = "Ni är idioter allihop, och Berra på kommunen är värst."
REPORTED = "Kjell på torget är en tjuv och en lögnare!"
ESSAY = 'Första raden; "citat" och å, ä, ö.\n\n=SUMMA(A1:A9)\n\tTredje stycket, med ett komma – och 🌳🌷.'
LATE = "Jag kommer för sent"

THEME, FINDING = "Träd och bänkar på torget", "Skugga och plats att sitta är viktigast"
RESIDENTS: tuple[Resident, ...] = (
    Resident("Torget", "12", "Vardag", ("Lekplats",), 4, ESSAY, way="desk"),
    Resident("=1+1", "0", "Helg", ("Träd & blommor", "Parkering"), 1, "=HYPERLINK(\"http://ond.example\";\"Klicka\")",
             way="desk"),
    Resident("الساحة الكبيرة", "3,5", "Båda", ("Träd & blommor", "Lekplats"), 5,
             "أريد أشجارًا؛ وظلًّا.\nشكرًا 🌳", "ar", "phone"),
    Resident("ساحة «القرية»", "7", "Vardag", ("Lekplats", "Torghandel; loppis"), 2, "نريد مقاعد", "ar", "phone"),
    Resident("+46 70 123 45 67", "28", "Helg", (), 3, "Ring mig; jag har idéer", way="plain"),
    Resident('The "old" square', "1.25", "Båda", ("Parkering",), 3, "Semi;colon, comma, \"quote\"", "en", "plain"),
    Resident("@torget", "64", None, ("Torghandel; loppis",), 5, "", way="plain"),
    Resident("-5", "5", "Vardag", (), None, REPORTED, way="plain"),
    Resident("The square", "", "Båda", ("Lekplats", "Parkering", "Torghandel; loppis"), 4, "- a list\n- of two", "en",
             "desk"),
    Resident("المربّع", "40", None, ("Parkering",), None, "", "ar", "plain"),
    Resident("＝1+1", "119,9999", "Vardag", ("Lekplats",), 2, "  "),
    Resident("Plätten", "2", "Helg", ("Träd & blommor",), 3, "Åäö ÅÄÖ é ñ ß"),
    Resident("🌳🌳", "19", "Vardag", ("Träd & blommor", "Lekplats"), 4, "👩‍👩‍👧‍👦 lekplats!"),
    Resident("'torget'", "33", "Vardag", ("Parkering",), 2, "'=1+1"),
    Resident("0,5", "44", "Helg", ("Lekplats",), 3, "12"),
    Resident("Sant", "51", "Båda", ("Torghandel; loppis",), 4, "TRUE"),
    Resident("1E5", "8", "Vardag", ("Träd & blommor",), 5, "2026-11-23"),
    Resident("<b>Torget</b>", "9", "Helg", ("Lekplats",), 1, "<script>alert(1)</script> & <i>så</i>"),
    Resident("Null", "10", "Vardag", ("Parkering",), 2, "NULL, None, NaN"),
    Resident("Centrum", "11", "Helg", ("Träd & blommor", "Torghandel; loppis"), 3, "%(name)s {{ 7*7 }} ${x}"),
    Resident("Rundeln", "100", "Båda", ("Träd & blommor",), 4, "C:\\torget\\nytt"),
    Resident("Vid kiosken", "13", "Vardag", ("Lekplats", "Parkering"), 5, "-2+3+cmd|' /C calc'!A0"),
    Resident("Stenen", "14", "Helg", ("Träd & blommor",), 4),
    Resident("Backen", "15", "Vardag", ("Träd & blommor",), 4, "Mer grönt"),
    Resident("Gropen", "16", "Helg", ("Lekplats",), 4, "Fler bänkar"),
    Resident("Ringen", "17", "Båda", ("Lekplats",), 3, "https://exempel.example/?a=1&b=2"),
    Resident("Kanten", "18", "Vardag", ("Parkering",), 3, "Bra som det är."),
    Resident("Rutan", "19", "Helg", ("Parkering",), 3, "Bra som det är."),
    Resident("Piazzan", "20", "Båda", ("Torghandel; loppis",), 2),
    Resident("Ytan", way="desk"),
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """Somebody with an account, who answers the second survey too. `resident`: their place among the thirty."""

    name: str
    email: str
    resident: int
    important: int
    says: str
    language: str = "sv"


MEMBERS = (
    Member("Åsa Berg", "asa@invanare.example", 0, 5, "Tack för att ni frågar."),
    Member("Bo Grip", "bo@invanare.example", 1, 1, INSULT),
    Member("ليلى حسن", "leila@invanare.example", 2, 4, "شكرًا على السؤال؛ \"مهم\".", "ar"),
    Member("Cory O'Neill", "cory@invanare.example", 5, 3, "=A1 and more", "en"),
    Member("=Dan", "dan@invanare.example", 6, 2, ""),
)  # fmt: skip
