# octavo: `make help` lists the targets.
#
#   make deps dist        installs what is needed, builds octavo and its handbook
#   make deps-dev check   installs what testing needs, runs every test

CC ?= cc
PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build
JOBS := $(shell nproc)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

PACKAGES := libxml-2.0 libcmark-gfm yaml-0.1 harfbuzz harfbuzz-subset fontconfig icu-uc libdeflate libpng libjpeg freetype2 glib-2.0
LOADED := libzip librsvg-2.0 cairo gmime-3.0 libtiff-4 libwebp libwebpdemux icu-i18n
soname = $(shell objdump -p "$$($(CC) -print-file-name=$(1).so)" 2>/dev/null | sed -n 's/^ *SONAME *//p')
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) $(LOADED) 2>/dev/null) $(foreach l,ZIP=libzip RSVG=librsvg-2 CAIRO=libcairo GMIME=libgmime-3.0 \
	TIFF=libtiff WEBP=libwebpdemux GIF=libgif DATES=libicui18n,-DLIBRARY_$(word 1,$(subst =, ,$l))='"$(call soname,$(word 2,$(subst =, ,$l)))"')
PKG_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lcmark-gfm-extensions -lhpdf -lm -lpthread

TEST_LIBS := $(shell pkg-config --libs $(LOADED) 2>/dev/null) -lgif -lcmocka

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wvla
ifdef WERROR
WARNINGS += -Werror
endif
ifdef SANITIZE
CFLAGS ?= -O1 -g -fno-omit-frame-pointer
SANITIZERS := -fsanitize=address,undefined -fno-sanitize-recover=undefined
else
CFLAGS ?= -O3 -g
endif
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Isrc -ffp-contract=off $(CFLAGS) $(WARNINGS) $(SANITIZERS) $(PKG_CFLAGS) \
	-DOCTAVO_STYLES='"$(PREFIX)/share/octavo/styles"' -MMD -MP

SOURCES := $(sort $(shell find src -name '*.c'))
OBJECTS := $(filter-out $(BUILD)/src/main.o $(BUILD)/src/options.o $(BUILD)/src/help.o,$(SOURCES:%.c=$(BUILD)/%.o))
UNITS := $(sort $(shell find tests -name '*_test.c' -not -path '*/node_modules/*'))
UNIT_PROGRAMS := $(UNITS:%.c=$(BUILD)/%)

.PHONY: all deps deps-dev deps-bench dist check units check-units check-scripts check-sanitized bless bench compare pictures format lint install \
	uninstall clean help
.DEFAULT_GOAL := all
QUIETLY = $(MAKE) --no-print-directory

all: $(BUILD)/octavo ## build octavo and liboctavo.a

$(BUILD)/octavo: $(BUILD)/src/main.o $(BUILD)/src/options.o $(BUILD)/src/help.o $(BUILD)/liboctavo.a
	@echo "cc $@"
	@$(CC) $(ALL_CFLAGS) $(LDFLAGS) $^ $(PKG_LIBS) -o $@

$(BUILD)/liboctavo.a: $(OBJECTS)
	@rm -f $@
	@echo "ar $@"
	@$(AR) rcs $@ $^

$(BUILD)/src/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(CC) $(ALL_CFLAGS) -c $< -o $@

# Where styles are looked for is compiled in: another PREFIX makes these two anew.
$(BUILD)/src/main.o $(BUILD)/src/job/sheet.o: $(BUILD)/prefix
$(BUILD)/prefix: FORCE
	@mkdir -p $(@D)
	@echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' >$@
FORCE:

$(BUILD)/tests/%_test: tests/%_test.c $(BUILD)/liboctavo.a
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(CC) $(ALL_CFLAGS) -Itests $(LDFLAGS) $< $(BUILD)/liboctavo.a $(PKG_LIBS) $(TEST_LIBS) -o $@

# Each allocation and write of liboctavo goes through the test, which lets one fail.
$(BUILD)/tests/fault/fault_test: LDFLAGS += -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=write,--wrap=dlsym

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# ---- installing what is needed (Debian)

DEPS := gcc make pkg-config libc6-dev libxml2-dev libzip-dev libhpdf-dev libcmark-gfm-dev libcmark-gfm-extensions-dev \
	libyaml-dev libharfbuzz-dev libfontconfig-dev libfreetype-dev libicu-dev libdeflate-dev libpng-dev libjpeg62-turbo-dev \
	libtiff-dev libwebp-dev libgif-dev librsvg2-dev libcairo2-dev libgmime-3.0-dev \
	hyphen-en-us hyphen-en-gb hyphen-de hyphen-fr hyphen-es hyphen-it hyphen-ru hyphen-el \
	fonts-linuxlibertine fonts-dejavu-core fonts-jetbrains-mono fonts-inter icc-profiles-free
DEPS_DEV := $(DEPS) libcmocka-dev clang-format clang-tidy git python3 python3-lxml python3-pikepdf python3-fonttools python3-aiosmtpd poppler-utils \
	mupdf-tools qpdf diffutils time chromium epubcheck default-jre-headless libasan8 libubsan1
DEPS_BENCH := pandoc hyperfine time texlive-luatex texlive-latex-base texlive-latex-recommended weasyprint imagemagick

install_packages = missing=; for p in $(1); do dpkg -s $$p 2>/dev/null | grep -q '^Status: install ok installed' || missing="$$missing $$p"; done; \
	[ -z "$$missing" ] || { $(SUDO) apt-get update -q && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -q --no-install-recommends $$missing; }

deps: ## install what building and running needs
	@$(call install_packages,$(DEPS))

deps-dev: ## install what testing needs
	@$(call install_packages,$(DEPS_DEV))
	@command -v npm >/dev/null || { $(call install_packages,nodejs npm); }
	@cd tests && PUPPETEER_SKIP_DOWNLOAD=1 ELECTRON_SKIP_BINARY_DOWNLOAD=1 npm ci --no-fund --no-audit --silent

deps-bench: deps-dev ## install the peers that `make bench` measures
	@$(call install_packages,$(DEPS_BENCH))
	@cd tests/bench && npm ci --no-fund --no-audit --silent

# ---- making and testing

dist: all ## make the handbook and the samples in dist/
	$(BUILD)/octavo content/handbook.md -d dist
	$(BUILD)/octavo content/essay.md -d dist

check: ## run every test
	@$(QUIETLY) -j$(JOBS) WERROR=1 all units
	@$(QUIETLY) -j$(JOBS) lint
	@$(QUIETLY) WERROR=1 check-units check-scripts
	@$(QUIETLY) check-sanitized
	@echo "make check: all is well"

units: $(UNIT_PROGRAMS)

check-units: units
	@tests/run $(BUILD) $(UNIT_PROGRAMS)

check-scripts: all
	@tests/run $(BUILD)

check-sanitized: ## the tests once more under the address and undefined-behaviour sanitizers
	@$(QUIETLY) -j$(JOBS) BUILD=$(BUILD)/sanitized SANITIZE=1 WERROR=1 all units
	@$(QUIETLY) BUILD=$(BUILD)/sanitized SANITIZE=1 check-units
	@SANITIZED=1 tests/run $(BUILD)/sanitized

bless: all ## rewrite the expected files of the golden tests: review the diff
	BLESS=1 tests/run $(BUILD)

bench: all ## measure beside pandoc, Typst and LuaLaTeX: time, memory, size, and how even the pages are
	tests/bench/run $(BUILD)
	tests/bench/compare $(BUILD)

compare: all ## the same pages by octavo, LuaLaTeX, Typst and WeasyPrint, and how even they are
	tests/bench/compare $(BUILD)

pictures: all ## make the README's pictures anew
	tests/pictures $(BUILD)

format: ## put all code into the project's form
	clang-format -i $(shell find src tests -name '*.[ch]' -not -path '*/node_modules/*')

LINTED := $(SOURCES:%.c=$(BUILD)/lint/%)

lint: $(LINTED) ## the form of the code, the rooms' rule, and two linters
	@clang-format --dry-run -Werror $(shell find src tests -name '*.[ch]' -not -path '*/node_modules/*')
	@tests/rooms

# What was linted is linted again when it or a header of it has changed.
$(BUILD)/lint/%: %.c .clang-tidy
	@mkdir -p $(@D)
	@echo "lint $<"
	@$(CC) $(ALL_CFLAGS) -Werror -fanalyzer -fanalyzer-verbosity=0 -MT $@ -MF $@.d -c $< -o /dev/null
	@clang-tidy --quiet $< -- $(filter-out -MMD -MP,$(ALL_CFLAGS)) 2>$@.log || { cat $@.log; exit 1; }
	@touch $@

# ---- installing octavo

# What another program links: only the functions of octavo.h keep their names, so that none of ours gets in its way.
$(BUILD)/public/liboctavo.a: $(BUILD)/liboctavo.a
	@mkdir -p $(@D)
	@rm -f $@
	@echo "ar $@"
	@$(LD) -r --whole-archive $< -o $(@D)/octavo.o
	@objcopy --wildcard --keep-global-symbol='octavo_*' $(@D)/octavo.o
	@$(AR) rcs $@ $(@D)/octavo.o

$(BUILD)/public/octavo.pc: src/octavo.h $(BUILD)/prefix
	@mkdir -p $(@D)
	@printf '%s\n' 'prefix=$(PREFIX)' 'Name: octavo' 'Description: One text in; an EPUB and a typeset PDF out' \
		"Version: $$(sed -n 's/^#define OCTAVO_VERSION "\(.*\)"/\1/p' src/octavo.h)" 'Cflags: -I"$${prefix}/include"' \
		'Libs: -L"$${prefix}/lib" -loctavo -lcmark-gfm-extensions -lhpdf -lm -lpthread' 'Requires: $(PACKAGES)' >$@

INTO = $(DESTDIR)$(PREFIX)

install: all $(BUILD)/public/liboctavo.a $(BUILD)/public/octavo.pc ## install below PREFIX (default /usr/local)
	install -d "$(INTO)/bin" "$(INTO)/lib/pkgconfig" "$(INTO)/include" "$(INTO)/share/octavo/styles" "$(INTO)/share/man/man1" \
		"$(INTO)/share/bash-completion/completions" "$(INTO)/share/doc/octavo/pictures"
	install -m 755 $(BUILD)/octavo "$(INTO)/bin/octavo"
	install -m 644 $(BUILD)/public/liboctavo.a "$(INTO)/lib/liboctavo.a"
	install -m 644 $(BUILD)/public/octavo.pc "$(INTO)/lib/pkgconfig/octavo.pc"
	install -m 644 src/octavo.h "$(INTO)/include/octavo.h"
	install -m 644 styles/*.css "$(INTO)/share/octavo/styles"
	install -m 644 content/octavo.1 "$(INTO)/share/man/man1/octavo.1"
	install -m 644 content/octavo.bash "$(INTO)/share/bash-completion/completions/octavo"
	install -m 644 content/handbook.md "$(INTO)/share/doc/octavo"
	install -m 644 content/pictures/*.png "$(INTO)/share/doc/octavo/pictures"

uninstall: ## remove what install put there
	rm -f "$(INTO)/bin/octavo" "$(INTO)/lib/liboctavo.a" "$(INTO)/lib/pkgconfig/octavo.pc" "$(INTO)/include/octavo.h" \
		"$(INTO)/share/man/man1/octavo.1" "$(INTO)/share/bash-completion/completions/octavo"
	rm -rf "$(INTO)/share/octavo" "$(INTO)/share/doc/octavo"

clean: ## remove what was built
	rm -rf $(BUILD) dist/*.epub dist/*.pdf

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 18
