#include "base/failure.h"

_Noreturn void failure_raise(struct failure *f, const char *why)
{
    f->why = why;
    longjmp(f->back, 1);
}
