#include "octavo.h"
