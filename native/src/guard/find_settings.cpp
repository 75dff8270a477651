#include "guard/examine.h"

namespace mydba::guard {
namespace {

using Kind = sql::StatementKind;
using Scope = sql::SettingScope;

void findSetting(const Subject& subject, const sql::Setting& setting, Findings& out) {
  if (setting.scope == Scope::global || setting.scope == Scope::persist) {
    out.add("server-settings", setting.name, setting.position);
    return;
  }
  if (setting.scope == Scope::user) {
    out.add("session", setting.name, setting.position);
    return;
  }
  const Check* effect = subject.knowledge.find("setting", setting.name);
  out.add(effect ? *effect : *findCheck("lifts-read-only"), setting.name, setting.position);
}

void findPragma(const Subject& subject, const sql::Pragma& pragma, Findings& out) {
  const Check* effect = subject.knowledge.find("pragma", pragma.name);
  const std::string detail = "PRAGMA " + pragma.name;
  if (!effect)
    out.add("not-understood", detail);
  else if (!subject.knowledge.pragmaReads(pragma.name, pragma.assigns || pragma.hasArgument))
    out.add(*effect, detail, 0);
}

}  // namespace

void findSettings(const Subject& subject, Findings& out) {
  const sql::Statement& statement = subject.statement;
  if (statement.kind == Kind::pragma) {
    if (statement.pragma)
      findPragma(subject, *statement.pragma, out);
    else
      out.add("not-understood", "PRAGMA");
    return;
  }
  // RESET MASTER is of kind `set` as RESET work_mem is.
  const bool assigns = statement.kind != Kind::set || statement.verb == "set";
  if (const Check* effect = assigns ? nullptr : subject.knowledge.find("verb", statement.verb))
    return out.add(*effect, statement.verb, 0);
  if (statement.readWrite) out.add("lifts-read-only", "READ WRITE");
  if (statement.kind == Kind::set && statement.settings.empty())
    out.add("lifts-read-only", statement.verb);
  for (const auto& setting : statement.settings) findSetting(subject, setting, out);
}

}  // namespace mydba::guard
