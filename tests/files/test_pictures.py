"""Only the pixels of a picture come through, and what is made to harm is refused at once."""

import resource
import subprocess
import sys
import time
from io import BytesIO

import pytest
from PIL import Image

from app.files.core import pictures
from tests.factories import pictures as made

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


@pytest.mark.parametrize("make", [made.photo_with_position, made.png_with_words, made.webp_with_words])
def test_nothing_is_left_of_a_picture_but_its_pixels(make):
    data = make()
    assert made.SECRET.encode() in data or b"zTXt" in data
    for encoded in pictures.prepare(data).sizes.values():
        assert made.SECRET.encode() not in encoded
        for trace in (b"Exif", b"XMP", b"xpacket", b"8BIM", b"ICC_PROFILE", b"tEXt", b"iTXt"):
            assert trace not in encoded
        with Image.open(BytesIO(encoded)) as shown:
            assert not shown.getexif()
            assert not {"comment", "exif", "xmp", "icc_profile"} & shown.info.keys()


def test_a_photo_that_lies_on_its_side_is_turned_upright():
    picture = pictures.prepare(made.photo_with_position())
    assert (picture.width, picture.height) == (600, 900)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_a_large_one_that_lies_on_its_side_is_turned_too(kind, mode):
    """Large enough to be made smaller before it is turned; what is to the left comes out on top."""
    exif = Image.Exif()
    exif[0x0112] = 6
    out = BytesIO()
    lying = Image.new("RGB", (6000, 3000), (0, 0, 200))
    lying.paste((200, 0, 0), (0, 0, 3000, 3000))
    lying = lying.convert("RGB" if kind == "JPEG" or (kind == "WEBP" and mode == "P") else mode)
    lying.save(out, kind, exif=exif)
    picture = pictures.prepare(out.getvalue())
    assert (picture.width, picture.height) == (800, 1600)
    with Image.open(BytesIO(picture.sizes["large"])) as shown:
        top, bottom = (shown.convert("RGB").getpixel((400, y)) for y in (200, 1400))
    assert top[0] > 150 > top[2]
    assert bottom[2] > 150 > bottom[0]


@pytest.mark.slow
def test_the_most_hungry_picture_allowed_costs_a_bearable_amount():
    """A few hundred kilobytes that decode to forty million pixels with transparency; one at a time in a process."""
    script = (
        "import resource, sys; from app.files.core import pictures; data = sys.stdin.buffer.read();"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; pictures.prepare(data);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    data = made.png((6600, 6000), "RGBA")
    done = subprocess.run([sys.executable, "-c", script], input=data, capture_output=True, check=True)
    assert int(done.stdout) < 450 * 1024


def test_each_size_is_within_its_measure():
    picture = pictures.prepare(made.jpeg((4000, 3000)))
    large, small = (Image.open(BytesIO(picture.sizes[size])) for size in ("large", "small"))
    assert large.size == (picture.width, picture.height) == (1600, 1200)
    assert small.size == pictures.fitted((1600, 1200), pictures.SMALL) == (640, 480)


def test_the_small_one_is_light_even_where_the_picture_is_all_noise():
    out = BytesIO()
    Image.effect_noise((1600, 1200), 40).convert("RGB").save(out, "JPEG", quality=95)
    assert len(pictures.prepare(out.getvalue()).sizes["small"]) <= pictures.SMALL_BYTES


def test_what_is_transparent_stays_so():
    picture = pictures.prepare(made.png(mode="RGBA"))
    assert picture.media_type == "image/webp"
    with Image.open(BytesIO(picture.sizes["small"])) as shown:
        assert shown.has_transparency_data


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_every_kind_of_pixels_can_be_shown(mode):
    out = BytesIO()
    Image.new(mode, (30, 20)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert pictures.prepare(out.getvalue()).media_type == "image/jpeg"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        SVG,
        GIF,
        b"%PDF-1.7",
        b"PK\x03\x04" + b"\0" * 60,
        b"<html><script>alert(1)</script>",
        made.jpeg()[:2000],
        b"\xff\xd8\xff" + b"\0" * 5000,
        b"RIFF\xff\xff\xff\xffWEBPVP8 ",
        made.png_that_says(0, 10),
        made.png_that_says(100, 100, body=b"\0"),
        made.png()[:-30] + b"GIF89a" * 10,
    ],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_picture_is_refused_with_a_sentence(app, data):
    with pytest.raises(pictures.Unfit) as refused:
        pictures.prepare(data)
    assert "JPEG, PNG" in str(refused.value.sentence)


@pytest.mark.parametrize(
    "data",
    [made.png_that_says(20_000, 20_000), made.png_that_says(2**31 - 1, 2**31 - 1), made.png((7000, 6500), "1"),
     made.png_with_swelling_text()],
    ids=["20k x 20k", "2G x 2G", "45 M pixels", "swelling text"],
)  # fmt: skip
def test_a_bomb_is_refused_quickly_and_cheaply(data):
    before, began = _memory(), time.monotonic()
    with pytest.raises(pictures.Unfit):
        pictures.prepare(data)
    assert time.monotonic() - began < 2
    assert _memory() - before < 200


@pytest.mark.slow
def test_the_largest_picture_allowed_is_taken():
    assert pictures.prepare(made.png((6600, 6000))).width == 1600


def _memory() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
