//! What makes void, and what denies.

use super::List;
use crate::injection::concepts::meaning::Meaning;
use crate::injection::wording::begins;

pub(super) const WORDS: &[(Meaning, List)] = &[
    (
        Meaning::VOID,
        begins! {
            "dropped your" "switched off your" "turned off your" "disabled your" "removed your"
            "forgotten your" "lost your" "left your" "abandoned your" "broken your" "shed your"
            "cant recall" "cannot recall" "cant remember" "dont remember" "no longer remember"
            "no longer know" "free of" "against your" "no more following" "no need to follow"
            "no need for" "dont have to follow" "dont need to follow" "laughs at" "hates"
            "with no regard for" "without any regard" "exception to" "exempted from" "break from"
            "released you from" "release you from" "free you from" "freed you from"
            "relieve you of" "excuse you from" "let you out of" "permission to ignore"
            "permission to break" "switching off" "turning off" "disabling" "deactivating"
            "removing" "lifting" "unlocking" "suspending" "waiving" "clearing" "deleting" "erasing"
            "cancelling" "canceling" "revoking" "dropping" "replacing" "violating" "breaking your"
            "breaking all" "breaking any" "going against" "acting against" "stepping out of"
            "letting go of" "setting aside" "putting aside" "leaving aside" "leaving behind"
            "stop caring about" "stop worrying about" "stop listening to" "ignoring" "disregarding"
            "forgetting" "overriding" "bypassing" "circumventing" "breaking free"
            "stepping outside" "instead of" "rather than" "regardless of" "irrespective of"
            "no matter what" "in spite of" "despite" "without regard to" "without regard for"
            "without considering" "without following" "contrary to" "outside of" "exempt from"
            "released from" "freed from" "free from" "relieved of" "excused from" "unbound by"
            "not bound by" "no longer bound by" "outrank*" "takes precedence over"
            "take precedence over" "take precedence" "takes priority over" "take priority over"
            "have priority over" "has priority over" "stands above" "stand above" "trumps" "trump"
            "over and above" "overrides" "supersedes" "supersede" "replaces" "cancels" "voids"
            "the opposite of" "opposite of what" "in place of" "no longer follow"
            "no longer need to follow" "no longer have to follow" "stop following" "stop obeying"
            "stop using" "stop applying" "stop respecting" "quit following" "above your"
            "no longer subject to" "let go of"
        },
    ),
    (
        Meaning::VOID.or(Meaning::VERB),
        begins! {
            "expunge" "empty" "shred" "roll back" "retract" "repeal" "abolish" "let your"
            "leave your" "leave them" "burn" "bury" "banish" "unhook" "unplug" "detach" "divorce"
            "jettison" "sweep aside" "steer clear of" "tear up" "rip up" "kick" "unlearn" "undo"
            "chmod" "sidestep" "outgrow" "drown out" "flout" "dodge" "throw off" "cast away"
            "do not do what" "dont do what" "ignore" "ignor" "disregard" "forget" "override"
            "overrule" "overwrite" "bypass" "circumvent*" "discard" "dismiss" "abandon" "neglect"
            "drop" "erase" "erasing" "wipe" "delete" "clear" "reset" "cancel" "revoke" "nullify"
            "suspend" "remove" "disable" "deactivate" "turn off" "switch off" "shut off"
            "shut down" "set aside" "put aside" "leave aside" "cast aside" "push aside" "lay aside"
            "throw away" "throw out" "toss" "ditch" "scrap" "trash" "break" "breaking" "violate"
            "escape" "evade" "relinquish" "shed" "cease" "get rid of" "do away with" "move past"
            "step outside" "go beyond" "look past" "act against" "go against" "work around"
            "get around" "deviate" "depart from" "stray from" "contradict" "defy" "disobey"
            "subvert" "pay no attention" "pay no heed" "take no notice" "turn a blind eye"
            "put out of" "leave behind" "leave all" "free yourself" "liberate yourself"
            "release yourself" "rid yourself" "detach yourself" "unburden yourself" "break free"
            "break out" "supplant" "replace"  "unset" "purge" "flush" "loosen" "lift"
            "waive" "void" "negate" "invalidate" "rescind" "withdraw" "renounce" "reject"
            "overcome" "dump your" "lose your" "unload" "strip away" "start from scratch"
            "start afresh" "cut loose" "relax" "scratch" "pretend there are no" "tune out"
            "block out" "brush off" "shrug off" "unsubscribe from" "unlock" "retire"
            "refrain from following" "opt out of" "nevermind" "never mind" "look beyond" "exceed"
            "transcend" "dispense with" "do without" "forgo" "forego" "mute" "silence" "skip"
            "give up" "dump" "forget about" "omit" "do the opposite" "strip" "shake off"
            "rise above" "step out of" "put away" "park" "shelve" "delete from" "eliminate"
            "terminate" "drop out of" "ignore all of"
        },
    ),
    (
        Meaning::VOIDED,
        begins! { "none" "not rules" "no rules" "a thing of the past" "never having taken place" "never happened" "let it go" "goes away" "go away" "not for you" "taken back" "over and done" "on holiday" "asleep" "unenforced" "cant be enforced" "up for grabs" "flexible"
            "withdrawn" "retracted" "repealed" "abolished" "taken off" "taken down" "taken away"
            "set to none" "set to zero" "to zero" "none left" "have none" "shredder" "at the door"
            "slide" "not rules" "dont hold" "not hold" "be dropped" "be disregarded" "be discarded"
            "a suggestion" "suggestions" "not needed" "not required" "unnecessary" "in the trash"
            "in the bin" "out of force" "undone" "a relic" "archived" "sunset" "sunsetted"
            "terminated" "phased out" "out of date" "on hold" "on pause" "no weight" "no authority"
            "no say" "broken" "dead" "are not in" "were lies" "reset" "overruled" "overwritten"
            "replaced by" "swapped" "exempt" "unbinding" "not your" "ignored" "no longer"
            "null and void" "void" "cancelled" "canceled" "revoked" "lifted" "suspended" "obsolete"
            "expired" "superseded" "replaced" "overridden" "outdated" "invalid" "be ignored"
            "any longer" "any more" "anymore" "not apply" "blank" "empty" "as void" "as if they"
            "out of your mind" "from your mind" "from memory" "from your memory" "out of your head"
            "rules left" "in the past" "not real" "fake" "a joke" "a test" "just a test" "optional"
            "are lies" "a lie" "meaningless" "worthless" "nonsense" "been lifted" "been removed"
            "been cancelled" "been canceled" "been disabled" "out the window" "aside" "behind"
            "dont apply" "doesnt apply" "does not apply" "do not apply" "no more" "not valid"
            "isnt valid" "arent valid" "disabled" "turned off" "switched off" "deactivated" "off"
            "gone" "removed" "deleted" "erased" "rescinded" "waived" "dropped" "cleared"
            "dont count" "doesnt count" "not count" "stop applying" "ceased" "cease" "dont matter"
            "doesnt matter" "not matter" "irrelevant" "deprecated" "are over" "is over" "wrong"
            "a mistake" "in error" "is history" "are history" "been updated" "been changed"
            "been reset" "been replaced" "not binding" "not in force" "no effect" "inactive"
            "bypassed" "unlocked" "not exist" "never happened" "scrapped" "set aside" "dissolved"
            "annulled" "voided" "nullified" "purged" "wiped" "unloaded" "paused" "relaxed"
            "retired" "were a test" "was a test" "yesterday" "ended" "concluded" "not relevant"
            "moot" "stale"
        },
    ),
    (
        Meaning::KEEP,
        begins! {
            "follow" "following" "obey" "obeying" "adhere" "adhering" "comply with" "abide"
            "abiding" "respect" "heed" "heeding" "listen to" "stick to" "sticking to" "honor"
            "honour" "mind" "apply" "keep to" "bound by" "bound" "restricted by" "limited by"
            "constrained by" "governed by" "subject to" "worry about" "care about" "care for"
            "consider" "observe" "valid" "applies" "counts" "matters" "matter" "in force" "binding"
            "stands" "count" "remain" "remains" "exist" "exists" "left" "pay attention" "let"
            "enforce" "beholden" "stopped by" "tied to" "tied by" "held back by" "confined by"
            "use" "rely on" "trust" "defer to" "need" "have to follow" "go by" "act on"
        },
    ),
    (
        Meaning::NOT,
        begins! {
            "not" "never" "dont" "doesnt" "wont" "cant" "cannot" "mustnt" "shouldnt" "neednt"
            "arent" "isnt" "nor" "no need to" "not allowed" "forbidden" "prohibited"
            "under no circumstances" "avoid" "refrain" "stop" "omit" "skip" "leave out"
            "leaving out" "no longer" "without" "nobody" "isn" "shall not" "quit" "cut" "spare me"
            "spare" "drop" "cease" "unable to" "not permitted" "enough" "save" "banned"
            "not going to" "do not" "does not" "must not" "should not" "may not" "can not"
            "will not" "did not"
        },
    ),
    (
        Meaning::NO,
        begins! {
            "without" "no" "zero" "none of" "free of" "free from" "freed from" "freed of" "lack"
            "lacks" "lacking" "devoid of" "unbound by" "not bound by" "beyond" "exempt from"
            "liberated from" "immune to" "regardless of" "no longer bound by" "not limited by"
            "not restricted by" "not constrained by" "not have" "doesnt have" "dont have" "nt have"
            "has no" "have no" "lost" "lost its" "removed" "ignores" "ignoring" "broken free"
            "broke free" "free you" "not governed" "not subject" "outside" "unconstrained by"
            "unrestricted by" "unburdened by" "escaped" "above" "bypasses" "disabled" "minus"
            "sans" "stripped of" "rid of" "released from" "unlimited by" "nothing" "independent of"
            "ditched" "shed" "never follows" "doesnt follow" "not follow"
        },
    ),
];
