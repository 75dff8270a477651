#include "cli/report.h"
#include "engines/mysql/instruments.h"

namespace mydba::cli {

Exit restoreInstruments(Arguments) {
  const auto restored = mysql::restoreInstruments();
  return restored ? Exit::done : exitOf(restored.error());
}

}  // namespace mydba::cli
