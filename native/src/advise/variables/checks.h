#pragma once

// The checks of <engine>.txt in this folder. A check is a paragraph of such a file, under `[id]`:
//     when NAME COMPARISON OPERAND   one or more, which must all hold; the finding is on the first
//                                    one's setting. =, !=, <, <=, >, >= compare numbers with their
//                                    units, else words without case; `""` is nothing; `lacks` holds
//                                    where the value, a list, has none of the words
//     severity, confidence           confidence is certain unless it says so
//     title, says, advice            words for people; {NAME} is the setting's value
//     sql                            the statement that mends it, where its value is beyond doubt
//     document                       of rag-docs
// `engines` says for whom; before the first check for all of the file.

#include <span>
#include <string_view>
#include <vector>

#include "types.h"

namespace mydba::advise {

/// One comparison of a check.
struct Condition {
  std::string_view variable;
  std::string_view comparison;
  std::vector<std::string_view> operands;  ///< one; of `lacks` one or more
};

/// The views are into the program.
struct VariableCheck {
  std::string_view id;
  std::vector<std::string_view> engines;  ///< EngineDescriptor.id
  std::vector<Condition> conditions;      ///< one or more
  protocol::Severity severity = protocol::Severity::info;
  protocol::Confidence confidence = protocol::Confidence::certain;
  std::string_view title;
  std::string_view says;
  std::string_view advice;
  std::string_view sql;  ///< may be empty
  std::string_view document;
};

/// All that were compiled in. Any thread.
std::span<const VariableCheck> variableChecks();

}  // namespace mydba::advise
