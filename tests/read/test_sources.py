from pathlib import Path

import pytest

from kg.read import find


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("The mayor opened a bridge.", encoding="utf-8")


def ids(*paths: Path) -> list[str]:
    return [source.id for source in find(paths)[0]]


def test_a_folder_is_searched_to_any_depth(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.html", "north/c.htm", "north/far/D.TXT")
    assert ids(tmp_path) == ["a.html", "b.txt", "north/c.htm", "north/far/D.TXT"]


def test_a_file_without_an_article_is_ignored(tmp_path: Path) -> None:
    write(
        tmp_path, "a.txt", "a.toml", "picture.png", "README.txt", "readme.html", ".hidden.txt", ".git/x.txt"
    )
    assert ids(tmp_path) == ["a.txt"]
    assert find([tmp_path])[1] == ()


def test_the_id_of_a_single_file_is_its_name(tmp_path: Path) -> None:
    write(tmp_path, "north/a.txt")
    assert ids(tmp_path / "north" / "a.txt") == ["a.txt"]


def test_neither_ids_nor_order_depend_on_the_order_of_paths(tmp_path: Path) -> None:
    write(tmp_path, "one/a.txt", "two/a.txt", "two/b.txt")
    paths = [tmp_path / "one", tmp_path / "two", tmp_path / "two" / "b.txt"]
    assert ids(*paths) == ids(*reversed(paths)) == ["b.txt", "one/a.txt", "two/a.txt"]


def test_clashing_ids_are_extended_by_as_many_folders_as_needed(tmp_path: Path) -> None:
    write(tmp_path, "x/news/a.txt", "y/news/a.txt")
    assert ids(tmp_path / "x/news/a.txt", tmp_path / "y/news") == ["x/news/a.txt", "y/news/a.txt"]


def test_a_file_reached_in_two_ways_is_one_article(tmp_path: Path) -> None:
    write(tmp_path, "north/a.txt")
    assert ids(tmp_path / "north", tmp_path, tmp_path / "north" / "a.txt") == ["north/a.txt"]


@pytest.mark.parametrize(
    ("name", "what"),
    [("absent", "does not exist"), ("empty", "is a folder without articles"), ("a.pdf", 'ends in ".pdf"')],
)
def test_a_path_without_articles_is_a_problem(tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.pdf").touch()
    sources, (problem,) = find([tmp_path / name])
    assert sources == ()
    assert what in problem.what
    assert problem.path == str(tmp_path / name)
    assert problem.mend


def test_a_folder_loop_is_a_problem_and_the_rest_is_found(tmp_path: Path) -> None:
    write(tmp_path, "north/a.txt")
    (tmp_path / "north" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    sources, (problem,) = find([tmp_path])
    assert [source.id for source in sources] == ["north/a.txt", "self.txt"]
    assert "folder that contains it" in problem.what


def test_an_undecodable_name_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    try:
        (tmp_path / "caf\udce9.txt").touch()
    except OSError:
        pytest.skip("the file system takes only UTF-8 names")
    sources, (problem,) = find([tmp_path])
    assert len(sources) == 1
    problem.path.encode("utf-8")


def test_a_link_out_of_the_folder_is_followed_only_when_asked(tmp_path: Path) -> None:
    write(tmp_path, "news/a.txt", "elsewhere/b.txt", "elsewhere/far/c.txt")
    (tmp_path / "news" / "b.txt").symlink_to(tmp_path / "elsewhere" / "b.txt")
    (tmp_path / "news" / "far").symlink_to(tmp_path / "elsewhere" / "far", target_is_directory=True)
    (tmp_path / "news" / "again.txt").symlink_to(tmp_path / "news" / "a.txt")
    sources, problems = find([tmp_path / "news"])
    assert [source.id for source in sources] == ["again.txt"]  # also "a.txt", the same file
    assert [problem.what for problem in problems] == ["is a link that leads out of the folder"] * 2
    followed = find([tmp_path / "news"], follow_links=True)
    assert [source.id for source in followed[0]] == ["again.txt", "b.txt", "far/c.txt"]
    assert followed[1] == ()


def test_explicitly_named_files_are_always_read(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "elsewhere" / "b.txt")
    (tmp_path / "folder").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert ids(tmp_path / "b.txt") == ids(tmp_path / "folder") == ["b.txt"]


@pytest.mark.parametrize("name", ["a" * 5000 + ".txt", "a\0b.txt"])
def test_an_impossible_file_name_is_reported(name: str, tmp_path: Path) -> None:
    sources, (problem,) = find([tmp_path / name])
    assert not sources
    assert "cannot be read" in problem.what
