#include "engines/mysql/plan_readers.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static_cast<void>(mydba::mysql::readMariadbPlan({reinterpret_cast<const char*>(data), size}));
  return 0;
}
