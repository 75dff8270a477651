#include "guard/impact.h"

#include <algorithm>
#include <utility>

namespace mydba::guard {

void Impact::addUnknown(std::string_view what, const Error& error) {
  unavailable.push_back(std::string(what) + " is not known: " + error.message + ".");
}

void Impact::addDependant(Dependants::Effect effect, std::string_view what, std::string name) {
  auto group = std::find_if(dependants.begin(), dependants.end(), [&](const Dependants& known) {
    return known.effect == effect && known.what == what;
  });
  if (group == dependants.end())
    group = dependants.insert(group, {.effect = effect, .what = std::string(what), .names = {}});
  group->names.push_back(std::move(name));
  ++group->count;
}

}  // namespace mydba::guard
