/* sheet.h - the CSS of the archive page. */
#ifndef OCTAVO_WRITE_HTML_SHEET_H
#define OCTAVO_WRITE_HTML_SHEET_H

extern const char html_page_sheet[];

#endif
