"""The shown name of a file does no harm wherever it is shown."""

import pytest

from app.files.core.names import shown_name


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Drottninggatan.JPEG", "Drottninggatan.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\bilder\\torget.png", "torget.jpg"),
        ("x\u202egnp.exe", "xgnp.jpg"),
        ("a\0b\r\nSet-Cookie: c.png", "ab Set-Cookie c.jpg"),
        ("\ufeff\u200b.png", "bild.jpg"),
        ("....", "bild.jpg"),
        ("", "bild.jpg"),
        ("صورة.webp", "صورة.jpg"),
        ("å" * 300 + ".png", "å" * 80 + ".jpg"),
    ],
)
def test_a_name_is_cleaned(raw, shown):
    assert shown_name(raw, ".jpg") == shown


@pytest.mark.parametrize("raw", ["<svg onload=alert(1)>.png", '"><img src=x onerror=alert(1)>.png', "a|b?c*d.png"])
def test_a_name_holds_no_marks_of_markup(raw):
    assert not set('<>:"|?*/\\') & set(shown_name(raw, ".jpg"))
