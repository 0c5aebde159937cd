/*
 * page_texts.h: page.html, page.css and page.js, as they stand in src/draw/; the build makes arrays of them.
 */
#ifndef RG_DRAW_PAGE_TEXTS_H
#define RG_DRAW_PAGE_TEXTS_H

extern const char rg__page_html[];
extern const char rg__page_css[];
extern const char rg__page_js[];

#endif
