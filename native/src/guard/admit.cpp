#include "guard/admit.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/fold_case.h"
#include "guard/wording.h"

namespace mydba::guard {
namespace {

using protocol::ConnectionProfile;
using protocol::Environment;

/// What a profile says about what may be done with it.
struct Limits {
  bool readOnly = false;
  Environment environment = Environment::dev;
  bool destructive = true;

  bool operator==(const Limits&) const = default;
};

Limits limitsOf(const ConnectionProfile& profile) {
  const auto environment = profile.environment.value_or(Environment::dev);
  return {
      .readOnly = profile.readOnly.value_or(false),
      .environment = environment,
      .destructive = environment != Environment::prod || profile.allowDestructive.value_or(false)};
}

Limits strictest(const Limits& a, const Limits& b) {
  return {.readOnly = a.readOnly || b.readOnly,
          .environment = std::max(a.environment, b.environment),
          .destructive = a.destructive && b.destructive};
}

std::string hostOf(const ConnectionProfile& profile) {
  std::string host;
  appendFolded(host, profile.host.value_or(""));
  return host.empty() || host == "localhost" || host == "::1" ? "127.0.0.1" : host;
}

/// As far as it can be told without a name server: an absent port may be any.
bool leadToTheSame(const ConnectionProfile& a, const ConnectionProfile& b) {
  if (a.engine != b.engine || a.path != b.path || a.socket != b.socket || a.ssh != b.ssh)
    return false;
  return hostOf(a) == hostOf(b) && (!a.port || !b.port || a.port == b.port);
}

/// How strictly it was opened before: itself, where it still leads to the same; else whatever has
/// its id or leads where it does.
std::optional<Limits> limitsBefore(const ConnectionProfile& profile,
                                   const std::vector<ConnectionProfile>& opened) {
  std::optional<Limits> strict;
  for (const ConnectionProfile& before : opened) {
    const bool sameId = before.id == profile.id;
    const bool samePlace = leadToTheSame(before, profile);
    if (sameId && samePlace) return limitsOf(before);
    if (sameId || samePlace)
      strict = strict ? strictest(*strict, limitsOf(before)) : limitsOf(before);
  }
  return strict;
}

protocol::AdmitQuestion askLoosened(const ConnectionProfile& profile, const Limits& strict,
                                    const Limits& wanted) {
  std::string detail;
  if (strict.readOnly && !wanted.readOnly)
    detail += "So far it was read-only; the settings now say that it is not.\n";
  if (strict.environment != wanted.environment)
    detail += "So far it was " + std::string(inWords(strict.environment)) +
              "; the settings now say " + std::string(inWords(wanted.environment)) + ".\n";
  else if (strict.destructive != wanted.destructive)
    detail += "So far destructive statements were blocked; the settings now allow them.\n";
  detail += "\nIf you did not change this yourself, cancel: it then opens as strictly as before.";
  return {.title = "Open " + shown(profile.name) + " less strictly than before?",
          .detail = detail,
          .accept = "Accept the Change"};
}

protocol::AdmitQuestion askProduction(const ConnectionProfile& profile, const Limits& limits) {
  std::string detail = "This connection is marked as production. There:\n\n";
  if (limits.readOnly) {
    detail += "• Nothing can be changed: it is read-only, and the server refuses as well.\n";
  } else {
    detail +=
        "• What removes rows or changes structure (DELETE, TRUNCATE, DROP, ALTER), and an UPDATE "
        "of every row, is ";
    detail += limits.destructive ? "asked about and confirmed by typing.\n" : "blocked.\n";
    detail +=
        "• Other changes of existing data are shown with what they will do, and asked about.\n"
        "• A statement that changes more rows than your settings allow is blocked.\n";
  }
  detail += "• Reading is free.\n\nThis is asked once for each connection.";
  return {.title = "Connect to production: " + shown(profile.name) + "?",
          .detail = detail,
          .accept = "Connect to Production"};
}

}  // namespace

protocol::AdmitResult admit(const ConnectionProfile& profile, bool fromSettings,
                            const std::vector<ConnectionProfile>& opened) {
  const Limits wanted = limitsOf(profile);
  const auto before = fromSettings ? limitsBefore(profile, opened) : std::nullopt;
  const Limits strict = before ? strictest(wanted, *before) : wanted;
  protocol::AdmitResult result{.profile = profile};
  result.profile.readOnly = strict.readOnly;
  result.profile.environment = strict.environment;
  result.profile.allowDestructive = strict.environment == Environment::prod && strict.destructive;
  if (strict != wanted) result.loosened = askLoosened(profile, strict, wanted);
  const bool acknowledged =
      std::any_of(opened.begin(), opened.end(), [&](const ConnectionProfile& known) {
        return known.id == profile.id && known.environment == Environment::prod;
      });
  if (strict.environment == Environment::prod && !acknowledged)
    result.production = askProduction(profile, strict);
  return result;
}

}  // namespace mydba::guard
