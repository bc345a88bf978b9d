//! The words that say that a personal value follows, and the values that are never personal.

use std::sync::LazyLock;

/// What a personal value is.
///
/// ```
/// assert_eq!(intune_err::Personal::Host.name(), "host");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Personal {
    /// A user: a principal name, an e-mail address, a name, or the GUID of a user's object.
    User,
    /// A tenant: its GUID or its name.
    Tenant,
    /// The GUID of a device.
    Device,
    /// The security identifier of a user or a computer.
    Sid,
    /// The serial number of a device, or the number of its modem or SIM.
    Serial,
    /// The name of a computer or a domain.
    Host,
    /// An IP address.
    Ip,
    /// The address of a network adapter.
    Mac,
}

impl Personal {
    /// All kinds.
    pub const ALL: [Self; 8] = [Self::User, Self::Tenant, Self::Device, Self::Sid, Self::Serial, Self::Host, Self::Ip, Self::Mac];

    /// Its name, which stands in the placeholder.
    ///
    /// ```
    /// assert!(intune_err::Personal::ALL.iter().all(|kind| !kind.name().is_empty()));
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Tenant => "tenant",
            Self::Device => "device",
            Self::Sid => "sid",
            Self::Serial => "serial",
            Self::Host => "host",
            Self::Ip => "ip",
            Self::Mac => "mac",
        }
    }
}

/// What a value after a label looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One word.
    Word,
    /// Words up to the end of the value.
    Name,
    /// Letters and digits, at least one digit.
    Number,
}

/// Labels by how they end, in lower case and without what joins their words, by what stands after them. A label that is a whole word by
/// itself begins with `=`.
const LABELS: [(Personal, Form, &str); 6] = [
    // Users, as Windows, Entra, the agents and the event logs call them.
    (
        Personal::User,
        Form::Name,
        "username accountname userdisplayname userprincipalname loggedonuser currentuser primaryuser consoleuser activeuser \
         registeredowner registereduser enrolleduser enrolledby useremail useridentity useraccount fullname givenname surname \
         samaccountname runasuser =upn =whoami logonuser",
    ),
    (Personal::User, Form::Word, "=user =userid =account =login =logon =owner =netid"),
    // Computers and domains.
    (
        Personal::Host,
        Form::Word,
        "computername hostname machinename systemname servername workstationname workstation netbiosname domainname userdomain \
         dnsdomain dnssuffix domaincontroller managementpoint proxyserver siteserver logonserver localhostname fqdn =computer \
         =machine =host =server =domain =dc",
    ),
    (Personal::Host, Form::Name, "devicename devicedisplayname manageddevicename"),
    // Numbers of hardware.
    (Personal::Serial, Form::Number, "serialnumber serialno =serial =serialnum =sn servicetag assettag imei meid iccid udid phonenumber"),
    // Tenants.
    (Personal::Tenant, Form::Name, "tenantname tenantdisplayname organizationname"),
];

/// What the last word before a GUID calls it, by how it ends; in a path or an address one that begins with a slash. The longest that fits
/// counts.
const OWNERS: [(Personal, &str); 6] = [
    (Personal::User, "user userid users userobjectid userguid userids useraadid aaduserid useraccountid accountid oid upn principalid"),
    (Personal::Tenant, "tenant tenantid tenants /tenantinfo tenantguid tid organizationid contextid"),
    (Personal::Device, "device devices deviceid deviceguid deviceobjectid manageddevices dmid machineid ztdid smsid clientguid uuid udid"),
    // The certificate that a device enrolled with has its id as subject.
    (Personal::Device, "cn computer"),
    // Registry keys and folders of the agent, below which the user's GUID comes first.
    (Personal::User, "/win32apps /statusservicereports /operationalstate /execution /reports /reporting"),
    // Addresses that the tenant's GUID follows.
    (Personal::Tenant, "/microsoftonline.com /sts.windows.net /login.windows.net /enterpriseregistration.windows.net"),
];

/// Words of one text, split on first use: a static of many texts costs time at every start of the program, as the loader puts an address
/// into each.
type Words = LazyLock<Vec<&'static str>>;

fn split(text: &'static str) -> Vec<&'static str> {
    text.split_ascii_whitespace().collect()
}

/// What a label says of the value after it.
pub(super) fn label(text: &str) -> Option<(Personal, Form)> {
    static ALL: LazyLock<Vec<(&str, Personal, Form)>> = LazyLock::new(|| {
        LABELS.iter().flat_map(|&(kind, form, labels)| split(labels).into_iter().map(move |label| (label, kind, form))).collect()
    });
    let fits = |&&(label, ..): &&(&str, Personal, Form)| label.strip_prefix('=').map_or(text.ends_with(label), |whole| text == whole);
    ALL.iter().find(fits).map(|&(_, kind, form)| (kind, form))
}

/// Whose GUID stands after a word in lower case, where the word tells; in a path more words do.
pub(super) fn owner(word: &str, in_path: bool) -> Option<Personal> {
    static ALL: LazyLock<Vec<(&str, Personal)>> =
        LazyLock::new(|| OWNERS.iter().flat_map(|&(kind, words)| split(words).into_iter().map(move |word| (word, kind))).collect());
    let fits = |&&(label, _): &&(&str, Personal)| match label.strip_prefix('/') {
        Some(whole) => in_path && word.ends_with(whole),
        None => word == label || label.len() > 3 && word.ends_with(label),
    };
    ALL.iter().filter(fits).max_by_key(|(label, _)| label.len()).map(|&(_, kind)| kind)
}

/// Words between a label and its value that say nothing.
static FILLERS: Words = Words::new(|| split("id ids guid with is of the object objectid aad entra azure value to as string"));

/// Whether a word in lower case between a label and its value says nothing.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// Values that are nobody's, in lower case.
static NOBODY: Words = Words::new(|| {
    split(
        "- n/a na null nil none no yes not true false unknown undefined empty failed fail error success succeeded ok denied and or is \
         was in on at of to for from by with the a system systemcontext localsystem local network service nt authority builtin \
         everyone guest admin administrator administrators users user public default default.migrated all defaultuser0 defaultuser1 \
         defaultuser100000 wdagutilityaccount defaultaccount localservice networkservice trustedinstaller root shared localhost \
         localdomain workgroup device computer machine host server domain account name id sid upn windows microsoft intune appdata \
         desktop registry software globalroot pipe tenant organizations common consumers me new set get not_set notset missing \
         invalid required current this username userprofile computername string int x-ms federated managed cloud azuread ca",
    )
});

/// Whether a value is a word that stands for nobody.
pub(super) fn is_nobody(value: &[u8]) -> bool {
    NOBODY.iter().any(|word| word.as_bytes().eq_ignore_ascii_case(value))
}

/// Ends of host names of services that everybody uses.
static SERVICES: Words = Words::new(|| {
    split(
        "microsoft.com microsoftonline.com microsoftonline-p.com windows.com windows.net windowsupdate.com office.com office.net \
         office365.com azure.com azure.net azureedge.net msftauth.net msauth.net live.com live.net msn.com bing.com msidentity.com \
         msftconnecttest.com msftncsi.com trafficmanager.net akadns.net akamaized.net aka.ms s-microsoft.com skype.com \
         visualstudio.com nuget.org apple.com icloud.com mzstatic.com apple-cloudkit.com google.com googleapis.com gstatic.com \
         gvt1.com android.com digicert.com verisign.com symantec.com globalsign.com entrust.net letsencrypt.org w3.org xmlsoap.org \
         oasis-open.org openssl.org github.com githubusercontent.com samsungknox.com samsung.com mozilla.org adobe.com intel.com \
         dell.com hp.com lenovo.com cloudflare.com powershellgallery.com psappdeploytoolkit.com",
    )
});

/// Ends of host names below which each customer has a name of its own.
static CUSTOMERS: Words = Words::new(|| {
    split(
        "onmicrosoft.com sharepoint.com blob.core.windows.net file.core.windows.net vault.azure.net cloudapp.azure.com cloudapp.net \
         azurewebsites.net msappproxy.net b2clogin.com ciamlogin.com",
    )
});

/// Whether a host name in lower case belongs to a service that everybody uses, so that it says nothing of anybody.
pub(super) fn is_service(host: &str) -> bool {
    let is_below = |end: &str| host.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('.'));
    SERVICES.iter().any(|end| is_below(end)) && !CUSTOMERS.iter().any(|end| is_below(end) && host != *end)
}

/// Top-level domains that make a name with points a host's. Names of code with points end otherwise.
static DOMAINS: Words = Words::new(|| {
    split(
        "com net org edu gov mil info biz eu uk de fr nl be ch it es pt pl cz se dk fi ie us ca au nz jp cn br mx za local lan corp \
         internal intra intranet loc localdomain priv home example test cloud school",
    )
});

/// Names of code that look like a host's.
static CODE: Words = Words::new(|| split("asp.net ado.net vb.net system.net microsoft.net ml.net paint.net node.js"));

/// Whether a name with points, in lower case, is that of a host.
pub(super) fn is_host(name: &str) -> bool {
    let mut labels = name.rsplit('.');
    let is_domain = labels.next().is_some_and(|last| DOMAINS.contains(&last));
    let labels: Vec<&str> = labels.collect();
    // Names of packages are written from the other end.
    let is_package = ["com", "org", "net", "io", "android", "java"].iter().any(|first| labels.last() == Some(first));
    let is_label =
        |label: &&str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_' || b >= 0x80);
    is_domain && !labels.is_empty() && labels.iter().all(is_label) && !is_package && !CODE.contains(&name)
}
