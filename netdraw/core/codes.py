"""What every fault code means; a code is permanent."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """The title of a code, and 2 to 5 lines: what it means, an example, what to write."""

    title: str
    text: str


CODES: dict[str, Code] = {
    "ND001": Code(
        "no such file",
        """Nothing lies at this path. A source that has a dot or a slash is taken for a path, any other that is no
file for the name of a network of the zoo.
Check the spelling and the folder; netdraw list shows the names of the zoo.""",
    ),
    "ND002": Code(
        "directory instead of a file",
        """The path is that of a folder, where a file is read or written.
Name a file in it: specs/net.yaml to read, figures/net.svg to write.""",
    ),
    "ND003": Code(
        "file that cannot be read",
        """The file is there, but may not be read, or cannot be: the message gives the system's reason.
Look at its permissions (ls -l on Linux and macOS).""",
    ),
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
    "ND006": Code(
        "unknown network",
        """There is no file of this name, nor a network of the zoo.
netdraw list shows all names; a variant of a file is chosen by --variant, or FILE#variant.
    netdraw render resnet50""",
    ),
    "ND007": Code(
        "missing output folder",
        """The folder to write in does not exist. It is not made, since it may be a slip of the pen.
Make it first: mkdir -p figures""",
    ),
    "ND008": Code(
        "no permission to write",
        """The folder or the file may not be written by you; what was there is as it was.
Write somewhere else with -o, or change the permissions.""",
    ),
    "ND009": Code(
        "file that could not be written",
        """The disk is full, or the system refused for the reason that the message gives. A file is written beside its
place and renamed at the end, so that nothing half-written is left, and an older file is as it was.""",
    ),
    "ND010": Code(
        "file that exists",
        """netdraw new does not replace a file.
Take another name, or write --force where the old file can go.""",
    ),
    "ND011": Code(
        "unknown variant",
        """The file has no variant of this name; its variants stand under 'variants'.
    netdraw render specs/resnet.yaml#resnet18
    netdraw render specs/resnet.yaml --variant resnet18""",
    ),
    "ND012": Code(
        "nothing of this name to explain",
        """netdraw explain takes a code, an op or a library block, or a source and one of its ids.
    netdraw explain ND305
    netdraw explain Conv2d
    netdraw explain mobilenet_v2 stages.1.0
An id is the path of a layer or group, as netdraw summary lists it.""",
    ),
    "ND013": Code(
        "totals that are not those expected",
        """The spec, or this variant of it, says under 'expect' what its parameters and MACs add up to, and they do
not.
Look for the layer that differs; where the expectation was wrong, write the number that the message gives.
It is not compared where a param is set from outside.""",
    ),
    "ND014": Code(
        "setting without a value",
        """--set takes a name, '=' and a value as a spec would have it; a list or map needs quotes in most shells.
    --set width=0.5 --set depths='[1, 1, 1, 1]' --set act='{LeakyReLU: 0.1}'""",
    ),
    "ND015": Code(
        "variant that cannot be put in",
        """netdraw new --from puts the values of a variant in the place of the file's own; here the text is written so
that the result would not be the same network.
Copy the file without its variant, and edit its params.""",
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
    "ND103": Code(
        "unknown op or block",
        """No op, no block of this file and no library block has this name. Names are PyTorch's, with their capitals;
a lower-case name stands for the op or block that a param holds.
netdraw list ops and netdraw list blocks show what there is.""",
    ),
    "ND104": Code(
        "duplicate key",
        """A map has the same key twice; YAML itself would drop one of the two in silence.
    Conv2d: {stride: 1, stride: 2}
Remove one, or rename it if another key was meant.""",
    ),
    "ND105": Code(
        "unknown key or attribute",
        """The key is none that may stand here; the message names the nearest. Attributes have PyTorch's names; what
it infers, such as in_channels, is left out. Attributes are indented below the layer's name:
    - Conv2d:
        out_channels: 32
        kernel_size: 3""",
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
    "ND114": Code(
        "value of another form than expected",
        """A list stands where a map belongs, a text where a number does, or nothing at all; the message says what is
expected.
A layer is a name, a name with its first attribute, or a name with a map:
    - Flatten
    - Linear: 10
    - Conv2d: {out_channels: 32, kernel_size: 3}""",
    ),
    "ND115": Code(
        "missing key",
        """A part that cannot be left out is missing: a spec needs an input and layers, a block layers, stages
columns.
    netdraw: 1
    input: [3, 32, 32]
    layers: [Flatten, Linear: 10]""",
    ),
    "ND116": Code(
        "name in the wrong letters",
        """Ops and blocks are CapWords (InvertedResidual), all other names snake_case (stage_2), so that a bare word
always says what it is. The name of a network has letters, digits, '_', '-' and '.' only; its title is free.""",
    ),
    "ND117": Code(
        "name that has a meaning of its own",
        """input, index, none, in_channels, in_height, in_width, in_tokens and the reserved words of layers
(name from when repeat residual label shares) cannot name a param, a let or a layer.
Take another name.""",
    ),
    "ND118": Code(
        "unknown residual rule",
        """auto adds where stride, channels and sizes allow; always adds and fails where they do not; project adds
through a shortcut where they do not; none never adds.
    residual: auto""",
    ),
    "ND119": Code(
        "missing or unsupported version",
        """A file begins with the version of the language that it is written in; this netdraw reads version 1.
    netdraw: 1""",
    ),
    "ND120": Code(
        "network without layers",
        """layers is empty, or every layer is none, left out by 'when', or repeated 0 times.
A network has at least one layer.""",
    ),
    "ND121": Code(
        "residual beside an op",
        """A residual spans a block or a group; a single op has none.
    - layers: [ReLU, {Conv2d: {out_channels: in_channels, kernel_size: 3, padding: 1}}]
      residual: auto""",
    ),
    "ND122": Code(
        "control character in a text",
        """A title, label or name is one line without control characters, so that it can be drawn.
Write it on one line; in quotes '\\n' is a line break, too.""",
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
    "ND209": Code(
        "index outside a repeat",
        """index counts the members of the repeat, or the rows of the stages, in which the expression is written.
Outside of one it has no value; a block gets it as an argument:
    - Unit: {place: index, repeat: 3}""",
    ),
    "ND210": Code(
        "axis that the input lacks",
        """in_channels, in_height, in_width and in_tokens are sizes of the layer's input; behind a Flatten there is no
height.
Use the value before the axes are gone, or a param.""",
    ),
    "ND211": Code(
        "condition that is neither true nor false",
        """'when' takes true, false or a comparison.
    when: expand != 1""",
    ),
    "ND212": Code(
        "repeat that is no count",
        """'repeat' takes a whole number of 0 or more, or an expression that gives one; 0 leaves the layer out.
    repeat: ceil(depth * 3)""",
    ),
    "ND213": Code(
        "op or block expected",
        """A layer named by a param, the block of stages and the join of parallel must be an op or block; here it is
another value. A param holds one by its name, or with arguments:
    params: {block: Bottleneck, act: {LeakyReLU: 0.1}}""",
    ),
    "ND301": Code(
        "value of the wrong form",
        """The attribute expects another kind of value; the message says which. A word that no scope knows stays
a word, so a misspelt name ends here too.
Sizes are whole numbers without quotes, true and false are no numbers, axes are letters (c, t, d, h, w):
    - Conv2d: {out_channels: 64, kernel_size: [1, 7], bias: false}""",
    ),
    "ND302": Code(
        "missing attribute",
        """An attribute or param without a default has to be given; netdraw explain Conv2d shows which have one.
    - Conv2d: {out_channels: 32, kernel_size: 3}""",
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
    "ND312": Code(
        "table that is not a rectangle",
        """Under stages, each row has a cell for each column; in a map of lists, the lists are equally long, and a
scalar holds for every row.
    columns: {out: [64, 128, 256], repeat: [2, 2, 2], stride: 2}""",
    ),
    "ND401": Code(
        "name taken twice",
        """Two layers of one list have the same name, so that 'from' could mean either.
Give one of them another name; a 'label' is free text and may repeat.""",
    ),
    "ND402": Code(
        "unknown name in 'from'",
        """No layer that is named so stands before this one in its list or in a list around it. Only written names
count; 'input' is the input of the innermost block or group.
    - Conv2d: {name: enc1, out_channels: 8, kernel_size: 3}
    - Add: {from: [enc1, -1]}""",
    ),
    "ND403": Code(
        "name that comes later",
        """A layer reads what stands before it; a network is written in the order in which it is computed.
Move the layer that is read up, or this one down.""",
    ),
    "ND404": Code(
        "step too far back",
        """-1 is the layer before this one, or the input of the list at its head; further back there is nothing in
this list.
Give the layer that is meant a name, and read it by that name.""",
    ),
    "ND405": Code(
        "dead end",
        """Nothing reads the output of this layer (or this input), so that its cost would count for nothing.
Read it with 'from', name it under 'outputs', or leave it out.""",
    ),
    "ND406": Code(
        "block that calls itself",
        """The layers of a block lead back to the block, which would never end; the message shows the way round.
Write what repeats with 'repeat'.""",
    ),
    "ND407": Code(
        "no such member or port",
        """x.0 is the first member of a repeat or row of stages named x; x:1 the second output of an op that has
several; x:p3 the output p3 of a block that declares outputs.
    - Split: {name: halves, sections: 2}
    - ReLU: {from: "halves:1"}""",
    ),
    "ND408": Code(
        "output named twice",
        """Each output of a network has a name of its own; heads in a block are called by the path of the call.
Name the call, or the head, differently.""",
    ),
    "ND409": Code(
        "residual: always on unequal shapes",
        """always adds the input to the output, whose shapes must be equal.
Write auto to add only where they are, or project to bring the input to the shape.""",
    ),
    "ND410": Code(
        "shortcut of another shape",
        """What is added must have the shape of the block's output. By default a 1×1 convolution at the block's stride
projects the input; where that cannot give the shape, the shortcut is written out:
    residual: {rule: project, shortcut: [{Conv2d: {out_channels: 64, kernel_size: 1, stride: 2}}]}""",
    ),
    "ND411": Code(
        "paths with different strides",
        """The stride of a block is that of any path from its input to its output; here two paths have different ones,
so that their ends cannot lie over each other.
Give both paths the same stride, or write residual: none.""",
    ),
    "ND412": Code(
        "weights that cannot be shared",
        """'shares' names a layer whose weights are used again, so both must have the same number of them.
    - Linear: {name: tied, out_features: 512, shares: embed}""",
    ),
    "ND413": Code(
        "unknown param",
        """The value is for a param that the file does not have; params stand under 'params' with their defaults.
netdraw list params SOURCE shows them.""",
    ),
    "ND414": Code(
        "block that hides a library block",
        """A note: the file has a block of the same name as one of the library, and its own is used in this file.
Take another name where the library's was meant.""",
    ),
    "ND415": Code(
        "block that is never called",
        """The file defines a block that no layer uses.
Call it, or remove it.""",
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
    "ND506": Code(
        "too many nodes",
        """A network may have 200,000 nodes; nested repeats multiply.
Look for a repeat that is too large by mistake.""",
    ),
    "ND601": Code(
        "no such theme",
        """A theme is one of ours (default, dark, classic, print), one that a package adds, or the path of a YAML file;
in Python a dict, too. What follows 'extends' is a name, or a path that counts from the theme's own.
    --theme looks/mine.yaml""",
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
        """A colour is written in quotes as '#rrggbb' or '#rgb'. In a cell it may also be the name of one of the
theme's colours (text, line, muted, page, tint, edge, bar), and none where there is no outline:
    cells: {activation: {core: page, outline: line}}""",
    ),
    "ND605": Code(
        "font without metrics",
        """Every text is measured in the font that is drawn, so that none is cut off; only fonts shipped here can be.
Leave 'family' out, and give the file of a font of yours with --font.""",
    ),
    "ND606": Code(
        "unknown format",
        """A format is told by the suffix of the file (-o net.svg, -o net.pdf) or by --format.
Write one that the message names, such as svg, png or pdf; netdraw list formats shows those of each command.""",
    ),
    "ND607": Code(
        "not a scale",
        """A scale says how many pixels of a PNG one px of the figure takes; it is a number above 0, and 2 by itself.
Write --scale 1 for a small picture, --scale 4 for print.""",
    ),
    "ND608": Code(
        "picture too large to rasterise",
        """A PNG may have 100 million pixels, which take about 800 MB to make.
Write the scale that the message names or a smaller one, or an SVG or a PDF, which have no such limit.""",
    ),
    "ND609": Code(
        "unknown way with fonts",
        """An SVG embeds the parts of our fonts that it uses (embed), names them and tells how wide each text is (link),
draws texts as shapes (outline), or only names them (none) for readers that have them.
Write --fonts embed, or nothing at all, for a figure that looks the same everywhere and whose text is text.""",
    ),
    "ND610": Code(
        "not a font file",
        """A figure is measured and drawn in the font file given, so that it must be one with outlines and Unicode: a
.ttf, .otf, .ttc (its first font is taken), .woff or .woff2. The message says what the file is instead.
    --font fonts/Roboto-Regular.ttf""",
    ),
    "ND611": Code(
        "font that lacks characters",
        """The figure needs characters that the font file does not have; the message names them. A label in two fonts
looks like a slip, so that no other font is taken unasked. Give one more file, or the word netdraw for our own fonts:
    --font Mine.ttf --font netdraw""",
    ),
    "ND612": Code(
        "font that may not be embedded",
        """The licence bits of the font file (OS/2 fsType) forbid to embed it, or a part of it, in a document. An SVG
that is to look the same everywhere does so. Write a PNG, choose another font, or ask who made it.""",
    ),
    "ND613": Code(
        "network instead of a theme",
        """--theme names a file that states a network, not one that says how networks look.
A theme begins with its version and holds what differs from the theme that it extends:
    theme: 1
    extends: default
    colors: {line: '#2a7a5a'}""",
    ),
    "ND614": Code(
        "text with too little contrast",
        """In a theme of yours a text and what lies under it are so alike that not all can read it. The ratio is that of
WCAG 2: 4.5:1 is the least for texts of these sizes, 21:1 is black on white.
Make the text darker, or its ground lighter: the message names the key of the theme.""",
    ),
    "ND615": Code(
        "rule that fits no cell",
        """A rule of a theme fits no cell of this figure, by the id of a layer (as netdraw summary lists it; of folded
members the last one's) or by its category. It is a note, since a theme may be meant for many networks.""",
    ),
    "ND620": Code(
        "unknown option",
        """Network.draw has no option of this name; the message names the nearest. Options are given by keyword.
    net.draw(width="174mm", unfold=True)""",
    ),
    "ND621": Code(
        "not a width",
        """A width is px as a bare number, a length in mm, in or pt, or screen (1440 px), page (174 mm), column (3.5
in) or none, which is one row as long as it needs.
    --width 174mm""",
    ),
    "ND622": Code(
        "width too small",
        """A box or a text of the figure is wider than the width asked for; rows break only between boxes. Where
blocks may be drawn closed, this holds for closed stages too.
Write the width that the message names, or more, or --width none.""",
    ),
    "ND623": Code(
        "unknown value of an option",
        """The option takes one of a few words; the message names the nearest.
    --cost flops --layout strip""",
    ),
    "ND624": Code(
        "character that no font has",
        """A title, name or label has a character that is in none of the fonts that travel with netdraw: Latin, Greek,
Chinese and mathematical signs are. A PNG and a PDF show □ in its place; in an SVG the reader's browser takes a
font of its own, whose width nobody knows. Write the text in other characters.""",
    ),
    "ND625": Code(
        "label template that cannot be read",
        """A template names fields in braces, with a second line behind \\n at most: kernel, out, in, stride, groups,
dilation, shape, params, macs, name, op. A field that a cell lacks leaves its part out.
    --labels '{kernel}, {out}\\n{stride}'""",
    ),
    "ND626": Code(
        "not a height",
        """A height is the most that a figure may be high: px as a bare number, a length in mm, in or pt, or none. By
itself it is 240 mm where the width is in mm or in, and none elsewhere.
    --width 174mm --height 120mm""",
    ),
    "ND627": Code(
        "height too small",
        """Even with its stages drawn closed the figure is higher than the height asked for, at the width asked for;
with --unfold or --depth, as it was asked for. Write the height that the message names, or more, or a larger width.""",
    ),
    "ND628": Code(
        "pattern that meets nothing",
        """--only and --highlight take a pattern of ids as netdraw summary lists them, with * for any characters. Where
no id fits, titles are tried (conv3_x, 4*), then the names of blocks and ops (Bottleneck, MaxPool2d).
    --only 'stages.3*' --highlight conv3_x""",
    ),
    "ND630": Code(
        "no Graphviz",
        """The layout dot lets Graphviz place the cells. It takes the program that the environment variable NETDRAW_DOT
names, else graphviz-pure beside this Python or on PATH, else dot on PATH. Install one of them, or draw as a strip or a
stack, which need none.
    pip install graphviz-pure""",
    ),
    "ND631": Code(
        "Graphviz failed",
        """The program that was found gave no positions; the message has the last line of what it said. Name another
program by the environment variable NETDRAW_DOT, or draw as a strip or a stack, which need none.""",
    ),
    "ND640": Code(
        "form of table that does not fit",
        """Tables as papers print them have three forms. 'layers' is of one network in which every layer reads only the
one before; 'operators' of one with 'stages', a row each; 'columns' of any networks, a column each.
Write --table paper, which chooses the form that fits.""",
    ),
    "ND641": Code(
        "no such pair",
        """A depthwise separable pair is a depthwise convolution with a pointwise one right behind it. They are numbered
from 1 in the order of the network; netdraw cost SOURCE lists them.
    netdraw cost mobilenet_v1 --pair 1 -o pair.svg""",
    ),
    "ND650": Code(
        "unknown kind of comparison",
        """Networks are compared as a family (cell by cell), whole (stage by stage), by their units as cells or in
words, or in a chart of parameters against MACs.
    netdraw compare mobilenet_v1 mobilenet_v2 --as words""",
    ),
    "ND651": Code(
        "too few or too many networks to compare",
        """A comparison is of two networks or more; line by line of up to 8, in a chart of up to 200.
    netdraw compare vgg11 vgg13 vgg16 vgg19""",
    ),
    "ND652": Code(
        "not a common input",
        """The costs of units are compared at one input: --channels and --size are whole numbers above 0.
    netdraw compare resnet50 mobilenet_v2 --as words --channels 128 --size 28""",
    ),
    "ND653": Code(
        "no such unit",
        """--only takes the name of a block (InvertedResidual), that with its condition ('InvertedResidual: add'), or
the id of a block that a unit stands for; * stands for any text. The message names the nearest.
    netdraw compare mobilenet_v1 mobilenet_v2 --as words --only 'InvertedResidual*'""",
    ),
    "ND654": Code(
        "the same network twice",
        """Two sources of a comparison are one variant of one file, with the same params: their lines are the same. Name
another network, another variant, or load one of them with other params (netdraw diff A --set-b NAME=VALUE).""",
    ),
    "ND655": Code(
        "a network of which nothing is compared",
        """Units are blocks. A network without blocks has none, and --only may name none of a network's; such a network
is left out of the figure and its title.
    netdraw compare vgg16 mobilenet_v2 --as words --only '*: stride 2'""",
    ),
    "ND656": Code(
        "no units to compare",
        """None of the networks has a block: a group of layers that is written once, or has a shortcut or branches. Such
networks are compared whole.
    netdraw compare lenet alexnet --as whole""",
    ),
    "ND660": Code(
        "nothing to sweep over",
        """A sweep takes one param or more of the file, each with its values; every combination is a point.
    netdraw sweep mobilenet_v1 --over width=1,0.75,0.5 --over resolution=224,128""",
    ),
    "ND661": Code(
        "too many points",
        """The combinations of all values are the points of a sweep, of which there may be 1,000: each is a network that
is built and counted. Write fewer values, or sweep over one param after the other.""",
    ),
    "ND662": Code(
        "unknown measure",
        """A chart has params, macs, flops or memory (of all activations, in bytes) on its axes; one that compares
networks also top1, which specs state and a sweep, where no spec stays as it is, cannot have.
    netdraw sweep mobilenet_v1 --over width=1,0.5 --x macs --y params -o sweep.svg""",
    ),
    "ND670": Code(
        "not a result",
        """A spec may state what the trained network reaches: results: {top1: 71.9, source: …}. top1 is the share of
ImageNet-1k's validation images that the first guess names, in per cent: a number above 0, up to 100.
    results: {top1: 70.6, source: "Howard et al., arXiv:1704.04861, Table 6"}""",
    ),
    "ND671": Code(
        "a result without its source",
        """Results are not computed, so that each says whose number it is: the paper with its table, or the weights.
    results: {top1: 71.878, source: "torchvision 0.28, IMAGENET1K_V1"}""",
    ),
    "ND672": Code(
        "no result to chart",
        """No network of the chart states what is asked for on an axis: it cannot be computed, a spec has to say it,
with its source. Under --set, and for a variant with params of its own, what the file states does not hold.
    results: {top1: 71.878, source: "torchvision 0.28, IMAGENET1K_V1"}""",
    ),
    "ND673": Code(
        "an option of another kind of comparison",
        """--x and --y choose what a chart measures; --only, --channels and --size are of units and words. The other
kinds of comparison have no axes, or draw the networks whole.
    netdraw compare resnet18 resnet50 mobilenet_v2 --as chart --y top1""",
    ),
    "ND674": Code(
        "networks left out of a chart",
        """A network whose spec states no result has no place on an axis of results; the caption names it, too. Write
results into its spec, with their source.
    results: {top1: 71.878, source: "torchvision 0.28, IMAGENET1K_V1"}""",
    ),
    "ND675": Code(
        "points without a label",
        """A label stands beside its point, or a number with a key where names find no room; a chart of more than 200
labels has no key, and those that find no place are left out. Draw fewer points, or a wider chart.
    netdraw sweep mobilenet_v1 --over width=1,0.75,0.5 -o sweep.svg --width 1440""",
    ),
    "ND690": Code(
        "no package to write a PDF with",
        """PDFs are written with the package reportlab, which comes with netdraw unless it was left out by hand.
    pip install reportlab""",
    ),
}
