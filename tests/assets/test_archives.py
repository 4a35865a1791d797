"""Archives: what is asked for arrives byte by byte, and nothing is ever written outside the folder."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from switchrank.assets import archives
from switchrank.assets.archives import unpack
from switchrank.errors import UserError

relaxed = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
segments = st.text("abc*.é ", min_size=1, max_size=5).filter(lambda name: name not in (".", ".."))
contents = st.dictionaries(segments, st.binary(max_size=40), min_size=1, max_size=6)
hostile = st.lists(st.sampled_from(["..", ".", "", "a", "etc", "/", "~", "C:", "\\"]), min_size=1, max_size=5)


def tgz(path: Path, members: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for info, data in members:
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


def whl(path: Path, members: list[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in members:
            zipped.writestr(name, data)
    return path


def ar(path: Path, members: list[tuple[str, bytes]]) -> Path:
    parts = [
        f"{name:<16}{0:<12}{0:<6}{0:<6}{0o100644:<8o}{len(data):<10}`\n".encode()
        + data
        + b"\n" * (len(data) % 2)
        for name, data in members
    ]
    path.write_bytes(b"!<arch>\n" + b"".join(parts))
    return path


def deb(path: Path, members: list[tuple[tarfile.TarInfo, bytes]], packing: str = "xz") -> Path:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=f"w:{packing}") as tar:
        for info, content in members:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    control = ("control.tar.xz", b"odd")
    return ar(path, [("debian-binary", b"2.0\n"), control, (f"data.tar.{packing}", data.getvalue())])


def packed(path: Path, files: dict[str, bytes]) -> Path:
    if path.suffix in (".tgz", ".deb"):
        pack = tgz if path.suffix == ".tgz" else deb
        return pack(path, [(tarfile.TarInfo(name), data) for name, data in files.items()])
    return whl(path, list(files.items()))


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("suffix", [".tgz", ".zip", ".deb"])
@relaxed
@given(files=contents)
def test_files_arrive_byte_by_byte(tmp_path_factory, suffix, files):
    folder = tmp_path_factory.mktemp("unpack")
    archive = packed(folder / f"a{suffix}", {f"root/sub/{name}": data for name, data in files.items()})
    written = unpack(archive, folder / "out", ["sub/*"], root="root")
    assert everything(folder / "out") == {f"sub/{name}": data for name, data in files.items()}
    assert written == sorted(f"sub/{name}" for name in files)


@pytest.mark.parametrize("suffix", [".tgz", ".whl", ".deb"])
def test_only_files_that_a_pattern_names_are_unpacked(tmp_path, suffix):
    files = dict.fromkeys(
        ["p/LICENSE", "p/deep/LICENSE", "p/t/de.json", "p/t/de.min.json", "q/t/de.json"], b"x"
    )
    unpack(packed(tmp_path / f"a{suffix}", files), tmp_path / "out", ["LICENSE", "t/*.json"], root="p")
    assert sorted(everything(tmp_path / "out")) == ["LICENSE", "t/de.json", "t/de.min.json"]


def test_a_pattern_that_names_no_file_is_an_error(tmp_path):
    archive = packed(tmp_path / "a.tgz", {"a.txt": b"x"})
    with pytest.raises(UserError, match=r"a\.tgz: no file matches 'b\*'"):
        unpack(archive, tmp_path / "out", ["a.txt", "b*"])


@pytest.mark.parametrize("suffix", [".tgz", ".zip", ".deb"])
@relaxed
@given(names=st.lists(hostile.map("/".join).filter(bool), min_size=1, max_size=4, unique=True))
def test_no_name_leads_outside_the_folder(tmp_path_factory, suffix, names):
    folder = tmp_path_factory.mktemp("unpack")
    archive = packed(folder / f"a{suffix}", dict.fromkeys(names, b"evil"))
    before = everything(folder)
    try:
        unpack(archive, folder / "inner" / "out", ["*", "*/*", "*/*/*", "*/*/*/*", "*/*/*/*/*"])
    except UserError as error:
        assert "\n" not in str(error)
    assert {
        name: data for name, data in everything(folder).items() if not name.startswith("inner/out/")
    } == before


@pytest.mark.parametrize("name", ["../evil", "a/../../evil", "/tmp/evil", "//evil"])
@pytest.mark.parametrize("suffix", [".tgz", ".zip", ".deb"])
def test_a_name_that_leaves_the_folder_refuses_the_whole_archive(tmp_path, suffix, name):
    archive = packed(tmp_path / f"a{suffix}", {name: b"evil", "good": b"x"})
    with pytest.raises(UserError, match="leaves its folder"):
        unpack(archive, tmp_path / "out", ["good"])


@pytest.mark.parametrize("pack", [tgz, deb])
@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE]
)
def test_links_devices_and_pipes_are_refused(tmp_path, pack, kind):
    info = tarfile.TarInfo("a")
    info.type, info.linkname = kind, "/etc/passwd"
    with pytest.raises(UserError, match="'a' is a link or a device"):
        unpack(pack(tmp_path / f"a.{pack.__name__}", [(info, b"")]), tmp_path / "out", ["a"])
    assert everything(tmp_path / "out") == {}


@pytest.mark.parametrize("pack", [tgz, deb])
def test_a_folder_that_is_a_link_is_not_followed(tmp_path, pack):
    outside = tmp_path / "outside"
    outside.mkdir()
    link = tarfile.TarInfo("a")
    link.type, link.linkname = tarfile.SYMTYPE, str(outside)
    archive = pack(tmp_path / f"a.{pack.__name__}", [(link, b""), (tarfile.TarInfo("a/b"), b"evil")])
    unpack(archive, tmp_path / "out", ["a/b"])
    assert everything(outside) == {}
    assert not (tmp_path / "out" / "a").is_symlink()


def test_a_link_in_a_zip_is_refused(tmp_path):
    info = zipfile.ZipInfo("a")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        zipped.writestr(info, "/etc/passwd")
    with pytest.raises(UserError, match="'a' is a link or a device"):
        unpack(tmp_path / "a.zip", tmp_path / "out", ["a"])


def test_no_mode_or_owner_is_taken_from_the_archive(tmp_path):
    info = tarfile.TarInfo("a")
    info.mode, info.uid = 0o6777, 12345
    unpack(tgz(tmp_path / "a.tgz", [(info, b"x")]), tmp_path / "out", ["a"])
    status = (tmp_path / "out" / "a").stat()
    assert not status.st_mode & 0o7111
    assert status.st_uid == tmp_path.stat().st_uid


@pytest.mark.parametrize("suffix", [".tgz", ".zip", ".deb"])
def test_bounds(tmp_path, suffix, monkeypatch):
    archive = packed(tmp_path / f"a{suffix}", {"a": b"x" * 600, "b": b"x" * 600})
    monkeypatch.setattr(archives, "MAX_BYTES", 1000)
    with pytest.raises(UserError, match=r"more than .* 1000 bytes"):
        unpack(archive, tmp_path / "bytes", ["a"])
    monkeypatch.setattr(archives, "MAX_MEMBERS", 1)
    with pytest.raises(UserError, match="more than 1 members"):
        unpack(archive, tmp_path / "members", ["a"])


def test_the_same_name_twice_is_refused(tmp_path):
    archive = tgz(tmp_path / "a.tgz", [(tarfile.TarInfo("a"), b"1"), (tarfile.TarInfo("./a"), b"2")])
    with pytest.raises(UserError, match="File exists"):
        unpack(archive, tmp_path / "out", ["a"])


def test_a_file_where_another_needs_a_folder_is_one_line(tmp_path):
    archive = packed(tmp_path / "a.zip", {"a": b"1", "a/b": b"2"})
    with pytest.raises(UserError, match="cannot be unpacked"):
        unpack(archive, tmp_path / "out", ["a", "a/b"])


@pytest.mark.parametrize("suffix", [".tgz", ".zip", ".deb"])
@relaxed
@given(data=st.data())
def test_a_damaged_archive_ends_in_one_line_or_inside_the_folder(tmp_path_factory, suffix, data):
    folder = tmp_path_factory.mktemp("unpack")
    files = {"a/one": bytes(range(256)) * 8, "a/two": b"two" * 99}
    archive = packed(folder / f"a{suffix}", files)
    damaged = bytearray(archive.read_bytes())
    position = data.draw(st.integers(0, len(damaged) - 1))
    if data.draw(st.booleans()):
        damaged[position] ^= data.draw(st.integers(1, 255))
    else:
        del damaged[position:]
    archive.write_bytes(damaged)
    try:
        unpack(archive, folder / "out", ["a/*"])
    except UserError as error:
        assert "\n" not in str(error)
    assert all(path == archive.name or path.startswith("out/") for path in everything(folder))


def test_an_encrypted_zip_is_one_line(tmp_path):
    archive = packed(tmp_path / "a.zip", {"a": b"x"})
    raw = bytearray(archive.read_bytes())
    raw[6] |= 1  # the local header's flag
    raw[raw.index(b"PK\x01\x02") + 8] |= 1  # and the directory's
    archive.write_bytes(raw)
    with pytest.raises(UserError, match="encrypted"):
        unpack(archive, tmp_path / "out", ["a"])


def test_another_kind_of_archive_is_named(tmp_path):
    (tmp_path / "a.rar").write_bytes(b"x")
    with pytest.raises(UserError, match=r"a\.rar: unknown kind of archive, expected \.tgz"):
        unpack(tmp_path / "a.rar", tmp_path / "out", ["a"])


@pytest.mark.parametrize("packing", ["xz", "gz", "bz2"])
def test_what_a_debian_package_installs_may_be_packed_in_several_ways(tmp_path, packing):
    archive = deb(tmp_path / "a.deb", [(tarfile.TarInfo("./usr/share/a"), b"x" * 4000)], packing)
    assert unpack(archive, tmp_path / "out", ["a"], root="usr/share") == ["a"]
    assert everything(tmp_path / "out") == {"a": b"x" * 4000}


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda raw: b"PK" + raw[2:], "no Debian package"),
        (lambda raw: raw[:7], "no Debian package"),
        (lambda raw: raw[:40], "broken header"),
        (lambda raw: raw.replace(b"`\n", b"``", 1), "broken header"),
        (lambda raw: raw.replace(b"4         `", b"-60       `", 1), "broken header"),
        (lambda raw: raw.replace(b"data.tar", b"tada.tar"), "found no data.tar"),
        (lambda raw: raw.replace(b"4         `", b"9999999999`", 1), "it ends 99999"),
        (lambda raw: raw[: raw.index(b"data.tar") + 60], r"it ends \d+ bytes early"),
        (lambda raw: raw[:-40], r"it ends (39|40) bytes early"),
        (lambda raw: raw[: raw.index(b"data.tar") + 60] + b"?" * 2000, "cannot be unpacked"),
    ],
)
def test_a_damaged_debian_package_is_one_line(tmp_path, damage, words):
    archive = deb(tmp_path / "a.deb", [(tarfile.TarInfo("a"), bytes(range(256)) * 40)])
    archive.write_bytes(damage(archive.read_bytes()))
    with pytest.raises(UserError, match=rf"a\.deb: .*({words})") as failure:
        unpack(archive, tmp_path / "out", ["a"])
    assert "\n" not in str(failure.value)
