#pragma once

#include <string_view>

#include "base/result.h"
#include "types.h"

namespace mydba::mysql {

/// What differs between the servers that speak this protocol. Everything else is the same code.
struct Flavour {
  std::string_view id;     ///< EngineDescriptor.id
  std::string_view title;  ///< ServerInfo.flavour
  /// Names of the .sql files whose text differs.
  std::string_view processesSql;
  std::string_view blockersSql;
  std::string_view statementEventSql;
  /// Statement prefixes: the plan, and the plan with measurements. The second is empty when it
  /// depends on the version (MySQL, see explainer.cpp).
  std::string_view explainPrefix;
  std::string_view analyzePrefix;
  Result<protocol::PlanTree> (*readJson)(std::string_view);
  /// Names come fast from this server only without their types (catalogue.cpp).
  bool typesAreSlow;
  std::string_view variablesSql;  ///< the .sql file of what is known of variables
  /// That of what they mean, where the other has no texts; else empty.
  std::string_view variableTextsSql;
};

extern const Flavour mysqlFlavour;
extern const Flavour mariadbFlavour;

/// By the server's own version text.
const Flavour& flavourOf(std::string_view version);

/// major*10000 + minor*100 + patch of the numbers that a version text starts with, 0 for none.
std::int64_t versionNumber(std::string_view version);

}  // namespace mydba::mysql
