"""One file of words for all languages: complete, drawable, and used by every text of a figure."""

from __future__ import annotations

import re
import string

import handgraphs as hand
import pytest
from measures import metrics

from netdraw.analysis.cost import analyse
from netdraw.diagram.build import build
from netdraw.diagram.said.alt import LEAST, LONGEST
from netdraw.diagram.said.glossary import LANGUAGES, entries, glossary
from netdraw.diagram.texts import About
from netdraw.diagram.view import BARS, COSTS, View
from netdraw.layout.base import Page
from netdraw.layout.strip.strip import strip
from netdraw.layout.wrap import wrap
from netdraw.render import render
from netdraw.scene.compose import compose
from netdraw.styles.cells.glyphs import GLYPHS
from netdraw.themes.base import load
from netdraw.type import text

HANZI = re.compile("[\u4e00-\u9fff]")
LATIN = {"softmax", "GRU", "LSTM", "RNN"}


def _fields(words: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(words) if name)


def test_every_entry_has_every_language_and_the_same_fields() -> None:
    for key, row in entries().items():
        assert tuple(row) == LANGUAGES, key
        assert len({tuple(_fields(words)) for words in row.values()}) == 1, key


def test_our_fonts_have_every_character() -> None:
    assert text.missing("".join(words for row in entries().values() for words in row.values())) == ()


def test_every_cell_and_option_has_its_word() -> None:
    words = glossary("zh")
    for category in GLYPHS:
        assert f"cell.{category}" in words.words, category
    for unit in COSTS[:-1]:
        assert {f"unit.{unit}", f"totals.{unit}", f"convention.{unit}"} <= set(words.words)
    for bars in BARS[:-1]:
        assert f"caption.bars.{bars}" in words.words
    assert "caption.bars.whole" in words.words


def test_the_words_of_the_trade() -> None:
    words = glossary("zh")
    said = " ".join(words.words.values())
    wanted = (
        "输入 卷积 深度卷积 分组卷积 转置卷积 最大池化 平均池化 全局 全连接 批归一化 激活 步长 参数量 乘加次数 感受野"
        " 残差连接 逐元素相加 拼接 输出"
    )
    for word in wanted.split():
        assert word in said, word


@pytest.mark.parametrize("graph", [hand.mobilenet_v2_graph(), hand.resnet50_graph(), hand.vgg16_graph()])
@pytest.mark.parametrize("cost", COSTS[:-1])
def test_no_english_word_is_left(graph: object, cost: str) -> None:
    view = View(lang="zh", cost=cost, fuse_pool=True)  # type: ignore[arg-type]
    diagram = build(graph, analyse(graph), view, About("网络", "", 2018))  # type: ignore[arg-type]
    words = diagram.words
    texts = [words.totals, words.caption, words.description, *(entry.text for entry in diagram.legend)]
    texts += [line for cell in diagram.lines[0].cells for line in cell.label]
    texts += [box.reason for box in diagram.lines[0].boxes]
    left = {word for one in texts for word in re.findall("[A-Za-z]{2,}[0-9]?", one)}
    assert left <= {"ReLU", "ReLU6", *LATIN, *(group.block for group in graph.groups)}  # type: ignore[attr-defined]
    assert HANZI.search(words.totals)
    assert LEAST <= len(words.description) <= LONGEST


def test_a_chinese_figure_says_so_and_embeds_its_characters() -> None:
    graph, theme = hand.mobilenet_v2_graph(), load()
    diagram = build(graph, analyse(graph), View(lang="zh"), About("MobileNetV2"))
    placed = strip(diagram, metrics(theme, 44.0), Page(1440.0))
    svg = render(compose(diagram, placed, metrics(theme, 44.0, language="zh")), "svg").decode()
    assert ' lang="zh"' in svg
    assert "font-family:'Netdraw Sans SC'" in svg
    assert "深度卷积，ReLU6" in svg
    assert {box.reason for box in diagram.lines[0].boxes if "步长" in box.reason} == {"步长 2"}


def test_chinese_breaks_between_characters_but_not_before_its_punctuation() -> None:
    assert wrap("只计乘加。网络", 4, len) == ["只计乘", "加。网络"]
    assert wrap("Table 2. 参数量", 9, len) == ["Table 2.", "参数量"]
    assert wrap("ab 参数", 4, len) == ["ab 参", "数"]
    assert wrap("a plain text", 7, len) == ["a plain", "text"]
