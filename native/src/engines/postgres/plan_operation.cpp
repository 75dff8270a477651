#include "engines/postgres/plan_operation.h"

#include <algorithm>
#include <array>

namespace mydba::postgres {
namespace {

using protocol::PlanCategory;

struct Step {
  std::string_view type;
  PlanCategory category;
};

// Every step of explain.c, versions 14 to 18.
constexpr std::array steps = {
    Step{"Result", PlanCategory::other},
    Step{"ProjectSet", PlanCategory::other},
    Step{"ModifyTable", PlanCategory::modify},
    Step{"Append", PlanCategory::set},
    Step{"Merge Append", PlanCategory::set},
    Step{"Recursive Union", PlanCategory::set},
    Step{"BitmapAnd", PlanCategory::set},
    Step{"BitmapOr", PlanCategory::set},
    Step{"SetOp", PlanCategory::set},
    Step{"Nested Loop", PlanCategory::join},
    Step{"Merge Join", PlanCategory::join},
    Step{"Hash Join", PlanCategory::join},
    Step{"Seq Scan", PlanCategory::scan},
    Step{"Sample Scan", PlanCategory::scan},
    Step{"Foreign Scan", PlanCategory::scan},
    Step{"Custom Scan", PlanCategory::scan},
    Step{"Function Scan", PlanCategory::scan},
    Step{"Table Function Scan", PlanCategory::scan},
    Step{"Values Scan", PlanCategory::scan},
    Step{"CTE Scan", PlanCategory::scan},
    Step{"Named Tuplestore Scan", PlanCategory::scan},
    Step{"WorkTable Scan", PlanCategory::scan},
    Step{"Subquery Scan", PlanCategory::subquery},
    Step{"Index Scan", PlanCategory::indexScan},
    Step{"Index Only Scan", PlanCategory::indexOnlyScan},
    Step{"Bitmap Index Scan", PlanCategory::indexScan},
    Step{"Bitmap Heap Scan", PlanCategory::indexScan},
    Step{"Tid Scan", PlanCategory::lookup},
    Step{"Tid Range Scan", PlanCategory::lookup},
    Step{"Gather", PlanCategory::parallel},
    Step{"Gather Merge", PlanCategory::parallel},
    Step{"Materialize", PlanCategory::materialize},
    Step{"Memoize", PlanCategory::materialize},
    Step{"Hash", PlanCategory::materialize},
    Step{"Sort", PlanCategory::sort},
    Step{"Incremental Sort", PlanCategory::sort},
    Step{"Group", PlanCategory::aggregate},
    Step{"Aggregate", PlanCategory::aggregate},
    Step{"WindowAgg", PlanCategory::aggregate},
    Step{"Unique", PlanCategory::aggregate},
    Step{"LockRows", PlanCategory::other},
    Step{"Limit", PlanCategory::limit},
};

const Step* findStep(std::string_view type) {
  const auto found =
      std::find_if(steps.begin(), steps.end(), [&](const Step& step) { return step.type == type; });
  return found == steps.end() ? nullptr : &*found;
}

std::string joinName(const OperationParts& parts) {
  if (parts.joinType.empty() || parts.joinType == "Inner") return parts.type;
  if (parts.type == "Nested Loop") return parts.type + " " + parts.joinType + " Join";
  // `Hash Join` and `Left` make `Hash Left Join`.
  const auto space = parts.type.rfind(' ');
  return parts.type.substr(0, space) + " " + parts.joinType + " Join";
}

std::string aggregateName(const OperationParts& parts) {
  std::string name = parts.strategy == "Hashed"   ? "HashAggregate"
                     : parts.strategy == "Sorted" ? "GroupAggregate"
                     : parts.strategy == "Mixed"  ? "MixedAggregate"
                                                  : "Aggregate";
  return parts.partialMode.empty() || parts.partialMode == "Simple"
             ? name
             : parts.partialMode + " " + name;
}

std::string baseName(const OperationParts& parts) {
  if (parts.type == "ModifyTable" && !parts.operation.empty()) return parts.operation;
  if (parts.type == "Aggregate") return aggregateName(parts);
  if (parts.type == "SetOp" && !parts.command.empty())
    return (parts.strategy == "Hashed" ? "HashSetOp " : "SetOp ") + parts.command;
  if (parts.type == "Custom Scan" && !parts.provider.empty())
    return parts.type + " (" + parts.provider + ")";
  if (parts.type == "Foreign Scan" && !parts.operation.empty() && parts.operation != "Select")
    return "Foreign " + parts.operation;
  if (parts.scanDirection == "Backward") return parts.type + " Backward";
  return joinName(parts);
}

}  // namespace

std::string operationName(const OperationParts& parts) {
  return (parts.parallelAware ? "Parallel " : "") + baseName(parts);
}

PlanCategory operationCategory(const OperationParts& parts) {
  if (parts.type == "Foreign Scan" && !parts.operation.empty() && parts.operation != "Select")
    return PlanCategory::modify;
  const auto* step = findStep(parts.type);
  return step ? step->category : PlanCategory::other;
}

bool knownOther(std::string_view type) { return findStep(type) != nullptr; }

}  // namespace mydba::postgres
