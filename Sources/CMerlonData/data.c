#include "CMerlonData.h"
