#include "write/pdf/store.h"
#include "base/hash.h"
#include "base/pool.h"
#include <hpdf.h>
#include <hpdf_doc.h>
#include <libdeflate.h>

enum { PAGES_IN_NODE = 64, OBJECTS_IN_STREAM = 1000, STREAMS_IN_WAVE = 16, OBJECTS_FEW = 1 << 15 };

/* What stands behind an HPDF_Dict of ours, in its attr. */
struct object {
    struct text entries, data;
    bool stream;
};

struct store {
    struct arena *arena;
    int level;
    HPDF_Doc pdf;
    HPDF_Pages node; /* the page tree's node that takes the next page */
    int pages_in_node;
};

/* ---- objects */

static void store_end(void *what)
{
    HPDF_Free(what);
}

/* libharu's errors are sticky and silent: each call goes through here. */
static void must(struct store *s, HPDF_STATUS status)
{
    if (status != HPDF_OK)
        arena_exhausted(s->arena);
}

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream to)
{
    const struct object *o = dict->attr;
    if (!o->entries.length)
        return HPDF_OK;
    return HPDF_Stream_Write(to, (const HPDF_BYTE *)o->entries.at, (HPDF_UINT)o->entries.length);
}

/* Makes a dictionary of libharu write our entries behind its own. */
static void adopt(struct store *s, HPDF_Dict dict)
{
    dict->attr = arena_alloc(s->arena, sizeof(struct object));
    dict->write_fn = write_entries;
}

static int number_of(HPDF_Dict dict)
{
    return (int)(dict->header.obj_id & 0x00FFFFFF);
}

struct store *store_new(struct arena *a, int level)
{
    struct store *s = arena_alloc(a, sizeof *s);
    s->arena = a;
    s->level = level;
    s->pdf = arena_must(a, HPDF_NewEx(NULL, NULL, NULL, 0, NULL));
    arena_defer(a, store_end, s->pdf);
    adopt(s, s->pdf->catalog);
    adopt(s, s->pdf->info);
    must(s, HPDF_Dict_RemoveElement(s->pdf->info, "Producer"));
    return s;
}

int store_level(const struct store *s)
{
    return s->level;
}

int store_reserve(struct store *s)
{
    HPDF_Dict dict = arena_must(s->arena, HPDF_Dict_New(s->pdf->mmgr));
    HPDF_List entries = s->pdf->xref->entries;
    if (entries->count > entries->items_per_block)
        entries->items_per_block = entries->count; /* so that it doubles */
    must(s, HPDF_Xref_Add(s->pdf->xref, dict));    /* from here on the table owns it, even when this fails */
    adopt(s, dict);
    return number_of(dict);
}

static HPDF_Dict dict_at(const struct store *s, int object)
{
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(s->pdf->xref, (HPDF_UINT)object);
    return entry->obj;
}

void store_fill(struct store *s, int object, struct text entries)
{
    struct object *o = dict_at(s, object)->attr;
    o->entries = (struct text){text_copy(s->arena, entries), entries.length};
}

void store_fill_stream(struct store *s, int object, struct text entries, struct text data)
{
    store_fill(s, object, entries);
    struct object *o = dict_at(s, object)->attr;
    o->data = data;
    o->stream = true;
}

int store_add(struct store *s, struct text entries)
{
    int object = store_reserve(s);
    store_fill(s, object, entries);
    return object;
}

int store_add_stream(struct store *s, struct text entries, struct text data)
{
    int object = store_reserve(s);
    store_fill_stream(s, object, entries, data);
    return object;
}

int store_add_deflated(struct store *s, struct text entries, struct text data)
{
    struct buf *b = buf_new(s->arena);
    buf_text(b, entries);
    buf_string(b, "/Filter/FlateDecode");
    int object = store_add_stream(s, buf_view(b), deflate_zlib(s->arena, data, s->level));
    buf_free(b);
    return object;
}

int store_catalog(const struct store *s)
{
    return number_of(s->pdf->catalog);
}

int store_info(const struct store *s)
{
    return number_of(s->pdf->info);
}

int store_add_page(struct store *s, int page)
{
    if (!s->node || s->pages_in_node == PAGES_IN_NODE) {
        s->node = arena_must(s->arena, HPDF_Doc_AddPagesTo(s->pdf, s->pdf->root_pages));
        s->pages_in_node = 0;
    }
    s->pages_in_node++;
    HPDF_Dict dict = dict_at(s, page);
    dict->header.obj_class |= HPDF_OSUBCLASS_PAGE; /* libharu counts these */
    HPDF_Array kids = arena_must(s->arena, HPDF_Dict_GetItem(s->node, "Kids", HPDF_OCLASS_ARRAY));
    must(s, HPDF_Array_Add(kids, dict));
    return number_of(s->node);
}

/* ---- compression */

struct deflater {
    struct libdeflate_compressor *compressor;
    struct buf *out;
};

static void deflater_end(void *what)
{
    struct deflater *d = what;
    libdeflate_free_compressor(d->compressor);
    d->compressor = NULL;
}

struct deflater *deflater_new(struct arena *a, int level)
{
    struct deflater *d = arena_alloc(a, sizeof *d);
    d->out = buf_new(a);
    arena_defer(a, deflater_end, d);
    d->compressor = arena_must(a, libdeflate_alloc_compressor(level));
    return d;
}

void deflater_free(struct deflater *d)
{
    deflater_end(d);
    buf_free(d->out);
}

struct text deflater_run(struct deflater *d, struct text data)
{
    size_t most = libdeflate_zlib_compress_bound(d->compressor, data.length);
    buf_clear(d->out);
    buf_reserve(d->out, most);
    size_t n = libdeflate_zlib_compress(d->compressor, data.at, data.length, d->out->data, most);
    return (struct text){arena_copy(d->out->arena, d->out->data, n), n};
}

struct text deflate_zlib(struct arena *a, struct text data, int level)
{
    struct deflater *d = deflater_new(a, level);
    struct text out = deflater_run(d, data);
    deflater_free(d);
    return out;
}

/* ---- saving */

/* Where an object is: in the file at `at`, or the `at`-th object of the object stream `in`. */
struct location {
    unsigned long long at;
    int in;
};

/* An object stream on its way. Its arena is its own: bundles are deflated by several threads. */
struct bundle {
    struct failure failure;
    struct arena *arena;
    int level;
    struct buf *plain; /* the table of numbers and offsets, then the objects */
    size_t table_length;
    int count;
    struct text data;
    bool failed;
};

struct saving {
    struct store *store;
    struct output *out;
    struct buf *scratch;
    uint64_t hash; /* of all bytes so far: becomes the file's ID */
    struct location *where;
    bool modern;
    int *loose; /* the objects that go into object streams */
    int loose_count;
    struct bundle bundles[STREAMS_IN_WAVE];
};

static int put(struct saving *v, struct text bytes)
{
    v->hash = hash_bytes(v->hash, bytes.at, bytes.length);
    return output_write(v->out, bytes.at, bytes.length);
}

static HPDF_STATUS collect(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT n)
{
    buf_add(stream->attr, bytes, n);
    return HPDF_OK;
}

static int write_stream(struct saving *v, int object)
{
    const struct object *o = dict_at(v->store, object)->attr;
    struct buf *b = v->scratch;
    buf_clear(b);
    buf_printf(b, "%d 0 obj\n<<", object);
    buf_text(b, o->entries);
    buf_printf(b, "/Length %zu>>\nstream\n", o->data.length);
    v->where[object] = (struct location){output_size(v->out), 0};
    if (put(v, buf_view(b)) != 0 || put(v, o->data) != 0)
        return -1;
    return put(v, TEXT("\nendstream\nendobj\n"));
}

static int write_streams(struct saving *v, int count)
{
    for (int object = 1; object < count; object++) {
        const struct object *o = dict_at(v->store, object)->attr;
        if (o && o->stream && write_stream(v, object) != 0)
            return -1;
        bool left_out = v->modern && object == store_info(v->store);
        if ((!o || !o->stream) && !left_out)
            v->loose[v->loose_count++] = object;
    }
    return 0;
}

static void arena_end(void *what)
{
    arena_free(what);
}

static void bundle_fill(struct saving *v, struct bundle *b, const int *objects, int count, int number)
{
    buf_clear(v->scratch);
    HPDF_Stream printer =
        arena_must(v->store->arena, HPDF_CallbackWriter_New(v->store->pdf->mmgr, collect, v->scratch));
    *b = (struct bundle){.count = count, .plain = buf_new(v->store->arena)};
    for (int i = 0; i < count; i++) {
        buf_printf(b->plain, "%d %zu ", objects[i], v->scratch->length);
        must(v->store, HPDF_Obj_WriteValue(dict_at(v->store, objects[i]), printer, NULL));
        buf_byte(v->scratch, '\n');
        v->where[objects[i]] = (struct location){(unsigned long long)i, number};
    }
    HPDF_Stream_Free(printer);
    b->table_length = b->plain->length;
    buf_text(b->plain, buf_view(v->scratch));
    bool few = b->plain->length < OBJECTS_FEW || v->store->level > DEFLATE_OBJECTS;
    b->level = few ? v->store->level : DEFLATE_OBJECTS;
    b->arena = arena_must(v->store->arena, arena_new(&b->failure));
    arena_defer(v->store->arena, arena_end, b->arena);
}

static void bundle_deflate(void *user, size_t i)
{
    struct bundle *b = (struct bundle *)user + i;
    if (setjmp(b->failure.back)) {
        b->failed = true;
        return;
    }
    b->data = deflate_zlib(b->arena, buf_view(b->plain), b->level);
}

static int bundle_write(struct saving *v, struct bundle *b, int number)
{
    if (b->failed)
        arena_exhausted(v->store->arena);
    struct buf *entries = buf_new(v->store->arena);
    buf_printf(entries, "/Type/ObjStm/N %d/First %zu/Filter/FlateDecode", b->count, b->table_length);
    store_fill_stream(v->store, number, buf_view(entries), b->data);
    buf_free(entries);
    buf_free(b->plain);
    return write_stream(v, number);
}

static int write_bundles(struct saving *v, int first, int threads)
{
    int total = (v->loose_count + OBJECTS_IN_STREAM - 1) / OBJECTS_IN_STREAM;
    for (int done = 0; done < total; done += STREAMS_IN_WAVE) {
        int wave = total - done < STREAMS_IN_WAVE ? total - done : STREAMS_IN_WAVE;
        for (int i = 0; i < wave; i++) {
            int from = (done + i) * OBJECTS_IN_STREAM, left = v->loose_count - from;
            bundle_fill(v, &v->bundles[i], v->loose + from,
                        left < OBJECTS_IN_STREAM ? left : OBJECTS_IN_STREAM, first + done + i);
        }
        pool_run(threads, (size_t)wave, bundle_deflate, v->bundles);
        for (int i = 0; i < wave; i++)
            if (bundle_write(v, &v->bundles[i], first + done + i) != 0)
                return -1;
    }
    return 0;
}

/* ---- the cross-reference stream */

/* A row: kind; offset or object stream; generation or index. How many bytes each takes. */
struct widths {
    int second, third;
};

static int bytes_for(unsigned long long most)
{
    int n = 1;
    while (n < 8 && most >> (8 * n))
        n++;
    return n;
}

static void put_number(unsigned char *to, int bytes, unsigned long long value)
{
    for (int i = bytes; i-- > 0; value >>= 8)
        to[i] = (unsigned char)(value & 255);
}

enum { ROW_MOST = 1 + 8 + 8 };

static void row_fill(unsigned char row[ROW_MOST], struct widths n, const struct location *at, bool first)
{
    bool streamed = at->in != 0, free = first || (!streamed && !at->at); /* left out */
    row[0] = free ? 0 : streamed ? 2 : 1;
    put_number(row + 1, n.second, streamed ? (unsigned long long)at->in : at->at);
    put_number(row + 1 + n.second, n.third, streamed ? at->at : first ? 0xFFFF : 0);
}

/* The rows, each as the difference to the one before (PNG's filter Up), which deflates to little. */
static struct text table_rows(struct saving *v, int count, struct widths n)
{
    struct buf *b = buf_new(v->store->arena);
    unsigned char last[ROW_MOST] = {0}, row[ROW_MOST];
    int length = 1 + n.second + n.third;
    for (int i = 0; i < count; i++) {
        row_fill(row, n, &v->where[i], i == 0);
        buf_byte(b, 2);
        for (int k = 0; k < length; k++)
            buf_byte(b, (char)(unsigned char)(row[k] - last[k]));
        memcpy(last, row, ROW_MOST);
    }
    struct text deflated = deflate_zlib(v->store->arena, buf_view(b), v->store->level);
    buf_free(b);
    return deflated;
}

static int write_table(struct saving *v, int table)
{
    unsigned long long start = output_size(v->out);
    struct widths n = {bytes_for(start), 2};
    v->where[table] = (struct location){start, 0};
    struct buf *b = buf_new(v->store->arena);
    uint64_t id[2] = {v->hash, hash_bytes(v->hash, &start, sizeof start)};
    buf_printf(b, "/Type/XRef/Size %d/W[1 %d %d]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns %d>>",
               table + 1, n.second, n.third, 1 + n.second + n.third);
    buf_printf(b, "/Root %d 0 R", store_catalog(v->store));
    if (!v->modern)
        buf_printf(b, "/Info %d 0 R", store_info(v->store));
    buf_string(b, "/ID[");
    for (int twice = 0; twice < 2; twice++)
        buf_printf(b, "<%016llX%016llX>", (unsigned long long)id[0], (unsigned long long)id[1]);
    buf_byte(b, ']');
    store_fill_stream(v->store, table, buf_view(b), table_rows(v, table + 1, n));
    if (write_stream(v, table) != 0)
        return -1;
    buf_clear(b);
    buf_printf(b, "startxref\n%llu\n%%%%EOF\n", start);
    return put(v, buf_view(b));
}

int store_save(struct store *s, const struct store_save *how, struct output *out)
{
    int count = (int)s->pdf->xref->entries->count;
    struct saving *v = arena_alloc(s->arena, sizeof *v);
    *v = (struct saving){.store = s, .out = out, .hash = HASH_SEED, .scratch = buf_new(s->arena)};
    v->loose = arena_array(s->arena, (size_t)count, sizeof *v->loose);
    v->where = arena_array(s->arena, (size_t)count * 2 + 2, sizeof *v->where);
    v->modern = how->modern;
    struct text header =
        how->modern ? TEXT("%PDF-2.0\n%\xE2\xE3\xCF\xD3\n") : TEXT("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    if (put(v, header) != 0 || write_streams(v, count) != 0)
        return -1;
    int bundles = (v->loose_count + OBJECTS_IN_STREAM - 1) / OBJECTS_IN_STREAM;
    for (int i = 0; i < bundles; i++)
        store_reserve(s);
    if (write_bundles(v, count, how->threads) != 0)
        return -1;
    return write_table(v, store_reserve(s));
}
