#pragma once

#include <string>
#include <string_view>

#include "types.h"

namespace mydba::postgres {

/// The fields of a plan node that together make the name of its step.
struct OperationParts {
  std::string type;
  std::string joinType;
  std::string strategy;
  std::string partialMode;
  std::string operation;
  std::string scanDirection;
  std::string provider;
  std::string command;
  bool parallelAware = false;
};

/// As EXPLAIN's text format writes it: `Parallel Hash Left Join`, `Partial HashAggregate`.
std::string operationName(const OperationParts& parts);
protocol::PlanCategory operationCategory(const OperationParts& parts);
/// True for a step that is known and has no category.
bool knownOther(std::string_view type);

}  // namespace mydba::postgres
