"""CSV files as spreadsheets and people write them."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.team.file_rows import FileRow, Rejection
from bot.exchange.csv_files import CsvFileError, CsvRows, read_file

reproducible = settings(derandomize=True, deadline=None)


REQUIRED = ("one", "two")


def read(content: str | bytes) -> list[FileRow | Rejection]:
    raw = content.encode() if isinstance(content, str) else content
    return list(read_file(raw, required=REQUIRED, optional=("three", "four")).rows)


def refusal(content: str | bytes) -> str:
    with pytest.raises(CsvFileError) as caught:
        read(content)
    return str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        "one,two,three\na,b,c\n",
        "one;two;three\na;b;c\n",
        "one\ttwo\tthree\na\tb\tc\n",
        "one,two,three\r\na,b,c\r\n",
        "\ufeffone,two,three\na,b,c",
        '"one","two","three"\n"a","b","c"\n',
        "three,one,two\nc,a,b\n",
        " One ,TWO,Three\na,b,c\n",
        "one|two|three\na|b|c\n",
        "\ufeff\ufeffone,two,three\na,b,c\n",
        '\ufeff"one",two,three\na,b,c\n',
        "one,two,three,,\na,b,c,,\n",
        "one,,two,three\na,,b,c\n",
    ],
)
def test_what_spreadsheets_write(content: str) -> None:
    assert read(content) == [FileRow(2, {"one": "a", "two": "b", "three": "c"})]


def test_lines_are_counted_in_the_file_and_blank_ones_are_left_out() -> None:
    found = read('\none,two\n\na,b\n,\n  , \n"c\r\nd",e\nf,g\n')
    assert found == [
        FileRow(4, {"one": "a", "two": "b"}),
        FileRow(7, {"one": "c\r\nd", "two": "e"}),
        FileRow(9, {"one": "f", "two": "g"}),
    ]


def test_values_are_exactly_what_the_file_says() -> None:
    assert read('one,two\n  a , "b""c"\n')[0] == FileRow(2, {"one": "  a ", "two": ' "b""c"'})
    assert read('one,two\n=1+1,"x,y;z"\n')[0] == FileRow(2, {"one": "=1+1", "two": "x,y;z"})


def test_a_short_row_has_its_last_cells_empty_and_a_long_one_is_rejected() -> None:
    short, empty, long = read("one,two,three\na,b\na,b,c,,\na,b,c,d\n")
    assert short == FileRow(2, {"one": "a", "two": "b", "three": ""})
    assert empty == FileRow(3, {"one": "a", "two": "b", "three": "c"})
    assert long == Rejection(
        4,
        "4 values for 3 columns; a value that holds the delimiter needs quotation marks around it",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "The file is empty; its first line must name one, two."),
        ("\n\n", "The file is empty; its first line must name one, two."),
        (
            "one,three\n",
            "The first line must name the columns; two is missing. "
            "Known columns: one, two, three, four.",
        ),
        (
            "a,b\n",
            "The first line must name the columns; one, two is missing. "
            "Known columns: one, two, three, four.",
        ),
        (
            "one,two,fun\n",
            "Column “fun” is not known. Known columns: one, two, three, four.",
        ),
        ("one,two,One\n", "Column “one” is there twice."),
        ("one,two,F-U-N\n", "Column “F-U-N” is not known. Known columns: one, two, three, four."),
    ],
)
def test_a_header_that_cannot_be(content: str, said: str) -> None:
    assert refusal(content) == said


@pytest.mark.parametrize("said", ["sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;", "sep=; "])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_first_line_may_say_what_separates(said: str, mark: str) -> None:
    found = read(f"{said}\r\n{mark}one;two\r\na,b;c\r\n")
    assert found == [FileRow(3, {"one": "a,b", "two": "c"})]


@pytest.mark.parametrize(
    "name", ["Time Zone", "time-zone", "TIME_ZONE", "TimeZone", "time\u00a0zone"]
)
def test_a_column_is_known_however_it_is_written(name: str) -> None:
    content = f"One,{name}\na,b\n".encode()
    found = read_file(content, required=("one",), optional=("time_zone",))
    assert found.rows == (FileRow(2, {"one": "a", "time_zone": "b"}),)


def test_a_value_below_no_name_is_named() -> None:
    assert read("one,,two\na,x,b\na,,b\n") == [
        Rejection(2, "a value stands in column 2, which has no name"),
        FileRow(3, {"one": "a", "two": "b"}),
    ]


UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"]


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("words", ["Müller", "契約について", "обсудили", "plain", "🎉 naïve"])
def test_every_unicode_is_read_for_sure(encoding: str, words: str) -> None:
    found = read_file(f"one,two\na,{words}\n".encode(encoding), required=REQUIRED, optional=())
    assert found.rows == (FileRow(2, {"one": "a", "two": words}),)
    assert found.read_as is None


def test_marks_of_several_programs_one_after_another() -> None:
    content = b"\xff\xfe" + "one,two\na,é\n".encode("utf-16")
    assert read(content) == [FileRow(2, {"one": "a", "two": "é"})]
    assert read(b"\xef\xbb\xbf" * 3 + "one,two\na,é\n".encode()) == [
        FileRow(2, {"one": "a", "two": "é"})
    ]


@pytest.mark.parametrize(
    "words", ["Größe für Müller – 20 m²", "déjà vu à l’usine", "señor Núñez, ¿vale?", "für 5 €"]
)
def test_western_text_is_read_and_said_to_be(words: str) -> None:
    content = f'one,two\na,"{words}"\n'.encode("cp1252")
    found = read_file(content, required=REQUIRED, optional=())
    assert found.rows == (FileRow(2, {"one": "a", "two": words}),)
    assert found.read_as is not None
    assert found.read_as.startswith("Windows-1252: “")


@pytest.mark.parametrize(
    "words", ["Zażółć gęślą jaźń", "Příbram, Jiří Novák", "marża i zysk", "vânzări în ţară"]
)
def test_central_european_text_is_read_and_said_to_be(words: str) -> None:
    content = f'one,two\na,b\na,"{words}"\n'.encode("cp1250")
    rows = CsvRows(io.BytesIO(content), required=REQUIRED, optional=())
    assert list(rows)[1] == FileRow(3, {"one": "a", "two": words})
    assert rows.encoding.read_as is not None
    assert rows.encoding.read_as.startswith("Windows-1250: “")
    assert rows.encoding.sample == f'a,"{words}"'


@pytest.mark.parametrize("named", ["cp1250", "windows-1250", "CP1250"])
def test_somebody_may_say_which_encoding_it_is(named: str) -> None:
    content = "one,two\na,nové schůzky\n".encode("cp1250")
    assert list(CsvRows(io.BytesIO(content), required=REQUIRED, optional=(), named=named)) == [
        FileRow(2, {"one": "a", "two": "nové schůzky"})
    ]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("latin-99", "“latin-99” is no encoding; Windows’ own are cp1250, cp1252 and the like."),
        ("base64", "“base64” is no encoding; Windows’ own are cp1250, cp1252 and the like."),
        (
            "utf-8",
            "Line 2 holds a byte (0xF9) that UTF-8 text does not have there; "
            "save the file as “CSV UTF-8”.",
        ),
    ],
)
def test_an_encoding_that_it_is_not_is_refused(named: str, said: str) -> None:
    content = io.BytesIO("one,two\na,nové schůzky\n".encode("cp1250").replace(b"\xe9", b"e"))
    with pytest.raises(CsvFileError) as caught:
        CsvRows(content, required=REQUIRED, optional=(), named=named)
    assert str(caught.value) == said


def test_marks_stand_where_an_encoding_is_named_too() -> None:
    for named in ("utf-8", "utf-16", "utf-16-le", "utf-8-sig"):
        content = "\ufeffone,two\na,é\n".encode(named.removesuffix("-sig"))
        rows = CsvRows(io.BytesIO(content), required=REQUIRED, optional=(), named=named)
        assert list(rows) == [FileRow(2, {"one": "a", "two": "é"})]


def test_a_file_is_read_each_time_anew_and_stays_open() -> None:
    stream = io.BytesIO("sep=;\n\none;two\na;b\n".encode("utf-16"))
    rows = CsvRows(stream, required=REQUIRED, optional=())
    assert next(iter(rows)) == FileRow(4, {"one": "a", "two": "b"})
    assert list(rows) == list(rows) == [FileRow(4, {"one": "a", "two": "b"})]
    assert not stream.closed


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("обсудили договор", "cp1251"),
        ("İstanbul’da görüştük şahıs", "cp1254"),
        ("Größe für Müller", "mac_roman"),
        ("契約について話した", "shift_jis"),
        ("契約について話した", "gb18030"),
    ],
)
def test_what_nobody_can_tell_is_refused_with_its_line(words: str, encoding: str) -> None:
    said = refusal(f"one,two\na,b\n{words},c\n".encode(encoding))
    assert said.startswith("Line 3 holds a byte (0x")
    assert said.endswith("that UTF-8 text does not have there; save the file as “CSV UTF-8”.")


def test_what_is_no_character_is_shown_as_such() -> None:
    assert read("one,two\na,b\x00c\n") == [FileRow(2, {"one": "a", "two": "b\ufffdc"})]


@pytest.mark.parametrize("row", ['"a,b\nc,d\n', '"a"x,b\n'])
def test_a_broken_quotation_is_refused_with_its_line(row: str) -> None:
    assert refusal("one,two\na,b\n" + row).startswith("The row that begins on line 3 cannot be")


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@reproducible
@given(
    st.lists(st.tuples(st.text("abc", min_size=1), texts)),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read(pairs: list[tuple[str, str]], delimiter: str, ending: str) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerow(["one", "two"])
    writer.writerows(pairs)
    found = read(file.getvalue())
    assert [row.values for row in found if isinstance(row, FileRow)] == [
        {"one": one, "two": two} for one, two in pairs
    ]


@reproducible
@given(st.binary() | texts.map(str.encode))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    try:
        read(b"one,two\n" + content)
        read(content)
    except CsvFileError:
        pass
