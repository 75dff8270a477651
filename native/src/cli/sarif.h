#pragma once

// Findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), for tools that
// show the findings of checkers: what all of our reports have in common.

#include <map>
#include <string>

#include "rpc/json.h"
#include "types.h"

namespace mydba::cli {

/// `note`, `warning` or `error`.
const char* sarifLevel(protocol::Severity severity);
/// A rule as the tool's driver lists it, with the page that explains it.
rpc::Json sarifRule(const std::string& id, const protocol::Citation& citation);
/// The whole document, of one run of this program.
rpc::Json sarifDocument(const std::map<std::string, rpc::Json>& rules, const rpc::Json& results);

}  // namespace mydba::cli
