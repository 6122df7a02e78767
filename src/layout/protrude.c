#include "layout/protrude.h"
#include <stddef.h>

struct entry {
    uint16_t character;
    uint8_t left, right; /* per cent of the character's width */
};

/* In rising order of characters. */
static const struct entry table[] = {
    {'!', 0, 15},     {'"', 45, 45},    {'\'', 50, 50},   {'(', 12, 0},     {')', 0, 12},
    {',', 0, 65},     {'-', 45, 60},    {'.', 0, 65},     {':', 0, 45},     {';', 0, 45},
    {'?', 0, 12},     {'A', 4, 4},      {'C', 3, 0},      {'F', 0, 4},      {'J', 4, 0},
    {'K', 0, 3},      {'L', 0, 4},      {'O', 3, 3},      {'P', 0, 3},      {'Q', 3, 3},
    {'T', 5, 5},      {'V', 4, 4},      {'W', 4, 4},      {'X', 3, 3},      {'Y', 5, 5},
    {'[', 8, 0},      {']', 0, 8},      {'f', 0, 4},      {'k', 0, 4},      {'r', 0, 5},
    {'t', 0, 4},      {'v', 4, 4},      {'w', 4, 4},      {'x', 4, 4},      {'y', 4, 4},
    {0xAB, 30, 15},   {0xBB, 15, 30},   {0x2010, 45, 60}, {0x2013, 20, 35}, {0x2014, 12, 20},
    {0x2018, 55, 45}, {0x2019, 45, 60}, {0x201A, 30, 50}, {0x201C, 45, 35}, {0x201D, 35, 50},
    {0x201E, 25, 30}, {0x2026, 0, 15},  {0x2039, 35, 20}, {0x203A, 20, 35},
};

static const struct entry *find(uint32_t character)
{
    size_t low = 0, high = sizeof table / sizeof table[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (table[middle].character == character)
            return &table[middle];
        if (table[middle].character < character)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

float protrusion_left(uint32_t character)
{
    const struct entry *e = find(character);
    return e ? (float)e->left / 100 : 0;
}

float protrusion_right(uint32_t character)
{
    const struct entry *e = find(character);
    return e ? (float)e->right / 100 : 0;
}
