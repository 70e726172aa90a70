"""What every fault code means; a code is permanent."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """The title of a code, and 2 to 5 lines: what it means, an example, what to write."""

    title: str
    text: str


CODES: dict[str, Code] = {
    "ND004": Code(
        "not a text in UTF-8",
        """The file is binary, or in another encoding such as UTF-16 or Latin-1.
Save it as UTF-8 (a byte order mark does no harm); control characters cannot stand in it.""",
    ),
    "ND005": Code(
        "empty file",
        """The file has nothing in it but spaces and comments.
The least that states a network:
    input: [3, 32, 32]
    layers: [Flatten, Linear: 10]""",
    ),
    "ND101": Code(
        "broken YAML",
        """The text cannot be read as YAML: a quote or bracket is not closed, an indentation fits nothing above,
or a value begins with a sign that YAML keeps for itself.
Give all keys of one map the same indentation, and put a text with ': ' or a leading sign in quotes:
    title: "Net: small" """.rstrip(),
    ),
    "ND102": Code(
        "tab in the indentation",
        """YAML indents by spaces alone; a tab has no width that all agree on.
Replace every tab at the start of a line by two spaces.""",
    ),
    "ND104": Code(
        "duplicate key",
        """A map has the same key twice; YAML itself would drop one of the two in silence.
    Conv2d: {stride: 1, stride: 2}
Remove one, or rename it if another key was meant.""",
    ),
    "ND106": Code(
        "YAML tag",
        """Tags such as !!python/object or !mine are not read.
Remove the tag; a value that begins with '!' needs quotes.""",
    ),
    "ND107": Code(
        "alias without a value",
        """An alias (*name) must come after the anchor (&name) that it repeats, and outside of it.
    a: &sizes [16, 32]
    b: *sizes
An expression cannot begin with '*'.""",
    ),
    "ND108": Code(
        "several documents in one file",
        """A file holds one document; a '---' in its middle begins another.
Remove the '---', or put the second document in a file of its own.""",
    ),
    "ND109": Code(
        "bare name with an indented key",
        """A name without a colon cannot have keys under it; YAML takes both lines as one text.
    - Conv2d
        out_channels: 32
Write the colon, or braces on one line:
    - Conv2d: {out_channels: 32}""",
    ),
    "ND110": Code(
        "expression that needs quotes",
        """In {} and [] YAML ends a value at a comma or square bracket, and a value that begins with '[' is a list.
    {out_channels: max(8, width), stride: s[0]}
Put the expression in quotes:
    {out_channels: "max(8, width)", stride: "s[0]"}""",
    ),
    "ND111": Code(
        "missing space after a colon",
        """Without a space after the colon, YAML takes key and value as one word.
    {stride:2}
Write a space:
    {stride: 2}""",
    ),
    "ND112": Code(
        "key that is no word",
        """A key must be a word; a number, true, false, null, a list or a map is none,
and '<<' (merge) is not supported. Put a number or truth value that is meant as a name in quotes:
    '3': [Conv2d: 32]""",
    ),
    "ND113": Code(
        "NaN or infinity",
        """.nan and .inf are YAML's words for values that no size, count or rate of a network can have.
Write a finite number; for a text that looks so, add quotes.""",
    ),
    "ND201": Code(
        "expression that cannot be read",
        """Something is missing or stands at the wrong place: a bracket is not closed, an operator has no right side.
    out * (width + 1
Write it as in Python: out * (width + 1)""",
    ),
    "ND202": Code(
        "not allowed in an expression",
        """Expressions have numbers, lists and their items, names, + - * / // %, comparisons, and/or/not,
'a if c else b' and the functions min max round ceil floor divisible sum len; nothing else.
Instead of a power write a product, instead of 'in' or 'is' compare with ==.""",
    ),
    "ND203": Code(
        "unknown name in an expression",
        """No param, let or value of the input (in_channels, in_height, ...) has this name here.
Check the spelling, or declare it: params: {width: 1.0}""",
    ),
    "ND204": Code(
        "unknown function, or a wrong number of values for one",
        """Only min max round ceil floor divisible sum len can be called.
    divisible(v), divisible(v, divisor)   min, max: a list, or one or more numbers
    round, ceil, floor: one number        sum, len: one list""",
    ),
    "ND205": Code(
        "wrong type in an expression",
        """Arithmetic and < > need numbers (true and false are none), an index a whole number, sum and len a list,
a condition true, false or a number. Ops, words and lists can only be compared by == and !=.
    norm == none""",
    ),
    "ND206": Code(
        "division by zero",
        """The right side of / // % or the divisor of divisible is 0 with these values.
Guard it: a / b if b != 0 else 1""",
    ),
    "ND207": Code(
        "index out of range",
        """A list of n items has the indices 0 to n - 1, and -1 to -n from its end.
    depths[4] of [3, 4, 6, 3] does not exist; its last item is depths[3] or depths[-1].""",
    ),
    "ND208": Code(
        "number too large",
        """A number in the text, or the result of an expression, is beyond 10^18.
No network has such a size; look for a product that grew by mistake.""",
    ),
    "ND301": Code(
        "value of the wrong form",
        """The attribute expects another kind of value; the message says which. A word that no scope knows stays
a word, so a misspelt name ends here too.
Sizes are whole numbers without quotes, true and false are no numbers, axes are letters (c, t, d, h, w):
    - Conv2d: {out_channels: 64, kernel_size: [1, 7], bias: false}""",
    ),
    "ND304": Code(
        "groups do not divide",
        """A convolution in groups cuts its input channels and its out_channels into that many equal parts,
so that both must be a multiple of groups. A depthwise convolution has as many groups as input channels:
    - Conv2d: {out_channels: in_channels, kernel_size: 3, groups: in_channels}""",
    ),
    "ND305": Code(
        "kernel larger than its input",
        """No place of the kernel fits on the input, padding included; or the padding of a transposed convolution
cuts everything off. Often a stride or pooling before it made the map smaller than was meant.
Use a smaller kernel or dilation, a larger input, or
    - MaxPool2d: {kernel_size: 3, padding: same}""",
    ),
    "ND306": Code(
        "Linear on an image",
        """Linear acts on a vector, or on every token by itself.
Write Flatten before it, or, for every place of the image by itself, a Conv2d with kernel_size 1:
    - Flatten
    - Linear: 10""",
    ),
    "ND307": Code(
        "op on the wrong axes",
        """An op needs certain axes: a 2d convolution c, h and w; a Softmax the axis that its dim names.
Shapes have no batch and get their axes by length: [c], [t, c], [c, h, w], [c, d, h, w]; or by letters, {t: 64}.
What acts on an image stands before Flatten.""",
    ),
    "ND308": Code(
        "join of unequal shapes",
        """Add and Mul need equal sizes on every axis, or 1, which is repeated; Concat on every axis but its dim.
Bring the inputs to one shape first, by a 1×1 convolution, a stride or a Crop:
    - Crop: {from: [encoder, up]}""",
    ),
    "ND309": Code(
        "attributes that contradict one another",
        """Each value is right by itself, but not with the others: a pooling pads at most half its kernel,
output_padding is smaller than the stride or the dilation, num_parameters of PReLU is 1 or the channels.
One fact is written once: rounding or its alias ceil_mode, not both.""",
    ),
    "ND310": Code(
        "cut that does not lie on its axis",
        """The sizes of a Split add up to its axis, or their number divides it; a Slice lies on its axis, where Python
would clip in silence; a Crop only makes smaller: the first input is cut to the size of the second.
    - Split: [32, 32]
    - Slice: {dim: c, start: 0, stop: 32}""",
    ),
    "ND311": Code(
        "wrong number of inputs",
        """Most ops take one input, Add, Mul and Concat two or more, Crop two, Parameter none.
Several are written as a list:
    - Add: {from: [left, right]}""",
    ),
    "ND501": Code(
        "file too large",
        """A spec may have 4 MiB.
Write what repeats with 'repeat', 'stages' and 'blocks'.""",
    ),
    "ND502": Code(
        "nested too deep",
        """Lists and maps in the text may be nested 64 levels deep, aliases included.
Give inner parts a name under 'blocks' and call them.""",
    ),
    "ND503": Code(
        "too many YAML nodes",
        """A text may have 200,000 values, keys and collections; an alias counts as all that it stands for.
Write what repeats with 'repeat', 'stages' and 'blocks'.""",
    ),
    "ND504": Code(
        "expression too long or too deep",
        """An expression may have 1,000 characters and 32 levels of nesting.
Split it up: let: {hidden: in_channels * expand}, then use the name.""",
    ),
    "ND505": Code(
        "size beyond 10^9",
        """No size, channel count or other whole number of an op may be larger than 10^9, nor any axis that it gives.
Such a number is a slip of the pen, or an expression that grows: look at what it is computed from.""",
    ),
    "ND601": Code(
        "no such theme",
        """A theme is one of ours (default, dark), one that a package adds, or the path of a file that ends in .yaml.
Write --theme dark, or --theme looks/mine.yaml for your own.""",
    ),
    "ND602": Code(
        "a theme extends itself",
        """Each theme stands on another one: 'extends' names it, and without it that is default.
Here they go round in a circle: let one of them extend default.""",
    ),
    "ND603": Code(
        "unknown category",
        """The cells of a theme are named by category: conv, conv.depthwise, pool.max, linear, softmax, add, …
A category without an entry takes that of the one above it: conv.depthwise that of conv, all others that of other.""",
    ),
    "ND604": Code(
        "unknown colour",
        """A colour is written in quotes as '#rrggbb' or '#rgb'. In a cell it may also be the name of one of the theme's
colours (text, line, muted, page, tint, edge, bar), and none where there is no outline:
    cells: {activation: {core: page, outline: line}}""",
    ),
    "ND605": Code(
        "font without metrics",
        """Every text is measured in the font that is drawn, so that none is cut off; only fonts shipped here can be.
Leave 'family' out, or write family: Netdraw Sans.""",
    ),
    "ND606": Code(
        "unknown format",
        """A format is told by the suffix of the file (-o net.svg, -o net.png) or by --format.
Write one that the message names, such as svg or png.""",
    ),
    "ND607": Code(
        "not a scale",
        """A scale says how many pixels of a PNG one px of the figure takes; it is a number above 0, and 2 by itself.
Write --scale 1 for a small picture, --scale 4 for print.""",
    ),
    "ND608": Code(
        "picture too large to rasterise",
        """A PNG may have 100 million pixels, which take about 800 MB to make.
Write the scale that the message names or a smaller one, or an SVG, which has no such limit.""",
    ),
    "ND609": Code(
        "unknown way with fonts",
        """An SVG embeds the parts of our fonts that it uses (embed), or leaves them out (none) for readers with them.
Write --fonts embed, or nothing at all, for a figure that looks the same everywhere.""",
    ),
}
