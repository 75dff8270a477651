#include "engines/engine.h"

namespace mydba {

#define MYDBA_ENGINE_FOLDER(folder) std::vector<const Engine*> folder##Engines();
#include "engines/engines.inc"
#undef MYDBA_ENGINE_FOLDER

std::span<const Engine* const> engines() {
  static const std::vector<const Engine*> all = [] {
    std::vector<const Engine*> list;
#define MYDBA_ENGINE_FOLDER(folder) \
  for (const Engine* engine : folder##Engines()) list.push_back(engine);
#include "engines/engines.inc"
#undef MYDBA_ENGINE_FOLDER
    return list;
  }();
  return all;
}

const Engine* findEngine(std::string_view id) {
  for (const Engine* engine : engines())
    if (engine->descriptor().id == id) return engine;
  return nullptr;
}

const sql::Dialect& dialectOf(std::string_view engineId) {
  const Engine* engine = findEngine(engineId);
  const auto* dialect = engine ? sql::findDialect(engine->descriptor().dialect) : nullptr;
  return dialect ? *dialect : sql::genericDialect();
}

const sql::Dialect& dialectOf(const Connection& connection) {
  return dialectOf(connection.server().engine);
}

}  // namespace mydba
