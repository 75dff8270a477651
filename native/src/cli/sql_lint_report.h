#pragma once

// The findings of `sql lint` for people, as JSON and as SARIF.

#include <string>
#include <string_view>
#include <vector>

#include "advise/sql/lint.h"
#include "rpc/json.h"

namespace mydba::cli {

/// `{findings:[{id,severity,message,start,end,citation,fix}]}`; `fix` is null where there is none.
rpc::Json lintDocument(const std::vector<advise::LintFinding>& findings);
/// `source` names the file, `-` for stdin.
rpc::Json lintSarif(const std::vector<advise::LintFinding>& findings, std::string_view text,
                    const std::string& source);
/// `line:column severity id: message` on stdout, columns in bytes from 1; without a text no place.
void printFindings(const std::vector<advise::LintFinding>& findings, std::string_view text);

}  // namespace mydba::cli
