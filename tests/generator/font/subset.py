#!/usr/bin/env python3
"""Makes generator.ttf: the glyphs that the generator prints, as TrueType outlines without hints.

usage: subset.py NotoSansCJK-Regular.ttc   (needs fonttools; the source is Debian's fonts-noto-cjk 20220127)
"""
import glob
import os
import sys

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection

HERE = os.path.dirname(os.path.abspath(__file__))
SIMPLIFIED = 2  # index of the simplified Chinese face in the collection
TOLERANCE = 2.0  # units of 1000 to the em: not visible, and a third fewer points

chars = {chr(c) for c in range(0x20, 0x7F)}
for path in sorted(glob.glob(os.path.join(HERE, "..", "**", "*.rs"), recursive=True)):
    chars |= {c for c in open(path, encoding="utf-8").read() if ord(c) > 0x7F}
for start, n in ((0xFF01, 94),):  # full-width forms, for dumps and their twins
    chars |= {chr(start + i) for i in range(n)}

source = TTCollection(sys.argv[1]).fonts[SIMPLIFIED]
cmap, outlines = source.getBestCmap(), source.getGlyphSet()
names, mapping, glyphs, metrics = [".notdef"], {}, {}, {}
for c in sorted(chars):
    if ord(c) not in cmap:
        if c.isprintable():
            print("no glyph for U+%04X" % ord(c), file=sys.stderr)
        continue
    names.append("u%04X" % ord(c))
    mapping[ord(c)] = names[-1]
for name, glyph in [(".notdef", ".notdef")] + [(mapping[c], cmap[c]) for c in sorted(mapping)]:
    pen = TTGlyphPen(None)
    outlines[glyph].draw(Cu2QuPen(pen, TOLERANCE, reverse_direction=True))
    glyphs[name] = pen.glyph()
    metrics[name] = (outlines[glyph].width, 0)

builder = FontBuilder(source["head"].unitsPerEm, isTTF=True)
builder.setupGlyphOrder(names)
builder.setupCharacterMap(mapping)
builder.setupGlyf(glyphs)
builder.setupHorizontalMetrics({n: (w, glyphs[n].xMin if glyphs[n].numberOfContours else 0) for n, (w, _) in metrics.items()})
builder.setupHorizontalHeader(ascent=880, descent=-120)
builder.setupNameTable(
    {
        "copyright": source["name"].getDebugName(0),
        "familyName": "Mingzhang Test Hei",
        "styleName": "Regular",
        "fullName": "Mingzhang Test Hei",
        "psName": "MingzhangTestHei",
        "licenseDescription": "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        "licenseInfoURL": "https://openfontlicense.org",
    }
)
builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=1000, usWinDescent=200)
builder.setupPost(keepGlyphNames=False)
builder.font["head"].created = builder.font["head"].modified = 3600000000
builder.font.recalcTimestamp = False
builder.save(os.path.join(HERE, "generator.ttf"))
print(len(names), "glyphs,", os.path.getsize(os.path.join(HERE, "generator.ttf")), "bytes")
