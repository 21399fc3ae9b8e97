package caseapi

import "github.com/laurel-edu/laurel/vc"

// The codes of what [Follow] finds, besides those of package fetch and of [Error].
const (
	CodeLinkAddress  vc.Code = "link-no-address"    // a urn, a word, nothing: nowhere to ask
	CodeLinkNotCASE  vc.Code = "link-not-case"      // what came is neither item, document nor package
	CodeLinkAdrift   vc.Code = "link-adrift"        // an item or a document that does not say what it belongs to
	CodeLinkMissing  vc.Code = "link-item-missing"  // the framework lacks what the link names
	CodeLinkConflict vc.Code = "link-item-conflict" // two frameworks have one item with two statements
	CodeLinkHost     vc.Code = "link-host-left"     // more than MaxMisses
	CodeLinkBudget   vc.Code = "link-budget"        // more than another limit of FollowOptions
)
