/* GIF (89a) through giflib: the first picture on its canvas. */
#include "base/library.h"
#include "refine/image_pixels.h"
#include <gif_lib.h>

#define GIF_CALLS(F)                                                                                         \
    F(DGifCloseFile)                                                                                         \
    F(DGifExtensionToGCB)                                                                                    \
    F(DGifGetExtension)                                                                                      \
    F(DGifGetExtensionNext)                                                                                  \
    F(DGifGetImageDesc)                                                                                      \
    F(DGifGetLine)                                                                                           \
    F(DGifGetRecordType)                                                                                     \
    F(DGifOpen)

struct giflib {
    GIF_CALLS(LIBRARY_FIELD)
};

static const char *const gif_names[] = {GIF_CALLS(LIBRARY_NAME) NULL};

struct reading {
    struct text bytes;
    size_t at;
};

static int read_some(GifFileType *gif, GifByteType *out, int length)
{
    struct reading *r = gif->UserData;
    size_t left = r->bytes.length - r->at, n = (size_t)length < left ? (size_t)length : left;
    if (n)
        memcpy(out, r->bytes.at + r->at, n);
    r->at += n;
    return (int)n;
}

/* Extensions up to the picture; gives the transparent colour's index, or -1. */
static int skip_to_picture(const struct giflib *l, GifFileType *gif, int *transparent)
{
    GifRecordType type;
    *transparent = -1;
    while (l->DGifGetRecordType(gif, &type) == GIF_OK && type != IMAGE_DESC_RECORD_TYPE) {
        GifByteType *block;
        int code;
        if (type != EXTENSION_RECORD_TYPE || l->DGifGetExtension(gif, &code, &block) != GIF_OK)
            return -1;
        GraphicsControlBlock control;
        if (block && code == GRAPHICS_EXT_FUNC_CODE &&
            l->DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
            *transparent = control.TransparentColor;
        while (block)
            if (l->DGifGetExtensionNext(gif, &block) != GIF_OK)
                return -1;
    }
    return type == IMAGE_DESC_RECORD_TYPE && l->DGifGetImageDesc(gif) == GIF_OK ? 0 : -1;
}

static void put_row(const GifFileType *gif, const GifByteType *row, int transparent, int y,
                    struct pixels *out)
{
    const GifImageDesc *d = &gif->Image;
    const ColorMapObject *colours = d->ColorMap ? d->ColorMap : gif->SColorMap;
    for (int x = 0; x < d->Width && d->Left + x < out->width; x++) {
        if (row[x] == transparent || row[x] >= colours->ColorCount)
            continue;
        const GifColorType *c = &colours->Colors[row[x]];
        unsigned char *to = out->at + 4 * ((size_t)y * (size_t)out->width + (size_t)(d->Left + x));
        to[0] = c->Red;
        to[1] = c->Green;
        to[2] = c->Blue;
        to[3] = 255;
    }
}

static int read_rows(const struct giflib *l, struct arena *a, GifFileType *gif, int transparent,
                     struct pixels *out)
{
    static const struct {
        int first, step;
    } plain[] = {{0, 1}, {0, 0}}, interlaced[] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}, {0, 0}};
    const GifImageDesc *d = &gif->Image;
    if ((!d->ColorMap && !gif->SColorMap) || d->Width <= 0 || d->Height <= 0 || d->Left < 0 || d->Top < 0)
        return -1;
    GifByteType *row = arena_alloc(a, (size_t)d->Width);
    for (int pass = 0; d->Interlace ? pass < 4 : pass < 1; pass++) {
        int first = d->Interlace ? interlaced[pass].first : plain[pass].first;
        int step = d->Interlace ? interlaced[pass].step : plain[pass].step;
        for (int y = first; y < d->Height; y += step) {
            if (l->DGifGetLine(gif, row, d->Width) != GIF_OK)
                return -1;
            if (d->Top + y < out->height)
                put_row(gif, row, transparent, d->Top + y, out);
        }
    }
    return 0;
}

static int read_gif(const struct giflib *l, struct arena *a, GifFileType *gif, struct pixels *out)
{
    int transparent;
    out->width = gif->SWidth;
    out->height = gif->SHeight;
    out->channels = 4;
    if (skip_to_picture(l, gif, &transparent) != 0 || pixels_room(a, out) != 0 ||
        read_rows(l, a, gif, transparent, out) != 0)
        return -1;
    GifRecordType type = UNDEFINED_RECORD_TYPE;
    out->more_pictures = l->DGifGetRecordType(gif, &type) == GIF_OK && type != TERMINATE_RECORD_TYPE;
    return 0;
}

int pixels_from_gif(struct arena *a, struct text bytes, struct pixels *out)
{
    struct reading r = {bytes, 0};
    struct giflib l;
    int error;
    *out = (struct pixels){0};
    if (library_load(a, LIBRARY_GIF, gif_names, &l) != 0)
        return -1;
    GifFileType *gif = l.DGifOpen(&r, read_some, &error);
    if (!gif)
        return -1;
    int rc = read_gif(&l, a, gif, out);
    l.DGifCloseFile(gif, &error);
    return rc;
}
