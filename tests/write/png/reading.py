"""Reads PNG and PGM files without a library: width, height, rows of gray values (or of red, green, blue)."""
import struct, zlib


def read_png(data):
    """Width, height, colour type, bytes a pixel, rows, palette, dots an inch."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "no PNG"
    at, found = 8, {}
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length:at + 12 + length])[0] == zlib.crc32(name + body), name
        found[name] = found.get(name, b"") + body
        at += 12 + length
    width, height, depth, kind = struct.unpack(">IIBB", found[b"IHDR"][:10])
    assert (depth == 8 or (depth, kind) == (4, 3)) and b"tIME" not in found
    step = {0: 1, 2: 3, 3: 1}[kind]
    length = (width * step * depth + 7) // 8
    raw, rows, above = zlib.decompress(found[b"IDAT"]), [], bytes(length)
    for y in range(height):
        line = raw[y * (length + 1):(y + 1) * (length + 1)]
        row = bytearray(line[1:])
        if line[0] == 1:
            for x in range(step, len(row)):
                row[x] = (row[x] + row[x - step]) & 255
        elif line[0] == 2:
            row = bytearray((a + b) & 255 for a, b in zip(row, above))
        above = row
        rows.append(bytes(row) if depth == 8 else bytes(i for two in row for i in (two >> 4, two & 15))[:width])
    palette = found.get(b"PLTE", b"")
    dpi = round(struct.unpack(">I", found[b"pHYs"][:4])[0] * 0.0254) if b"pHYs" in found else 0
    return width, height, kind, step, rows, [tuple(palette[i:i + 3]) for i in range(0, len(palette), 3)], dpi


def gray_of(data):
    """Width, height, all pixels as gray."""
    width, height, kind, step, rows, palette, _ = read_png(data)
    if kind == 0:
        return width, height, b"".join(rows)
    if kind == 3:
        table = bytes(luma(*c) for c in palette) + bytes(256 - len(palette))
        return width, height, b"".join(rows).translate(table)
    return width, height, bytes(luma(*row[x:x + 3]) for row in rows for x in range(0, len(row), 3))


def luma(red, green, blue):
    return (299 * red + 587 * green + 114 * blue + 500) // 1000


def read_pgm(data):
    """Width, height, pixels of what pdftoppm -gray writes."""
    kind, size, most, pixels = data.split(b"\n", 3)
    width, height = map(int, size.split())
    assert kind == b"P5" and most == b"255"
    return width, height, pixels
