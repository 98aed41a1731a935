//! What every partner's catalogues start with.

use domain::{CatalogueItemProfile, CatalogueKind};

use crate::{Result, Services, kernel::Tx};

impl Services {
    /// Fills the catalogues of a new partner.
    pub(crate) async fn catalogue_fill(&self, tx: &mut Tx) -> Result<()> {
        for (kind, items) in LISTS {
            for (name, description) in *items {
                tx.catalogue_item_insert(*kind, None, &item(name, description)).await?;
            }
        }
        for (name, description, technologies) in SERVICES {
            let service = tx.catalogue_item_insert(CatalogueKind::Service, None, &item(name, description)).await?;
            for technology in *technologies {
                tx.catalogue_item_insert(CatalogueKind::Technology, Some(service), &item(technology, "")).await?;
            }
        }
        Ok(())
    }
}

fn item(name: &str, description: &str) -> CatalogueItemProfile {
    CatalogueItemProfile { name: name.to_owned(), description: description.to_owned() }
}

type Named = (&'static str, &'static str);

/// Programs choose packages and add-ons by these names (docs/spec/clients.md, "Initial packages and add-ons").
const LISTS: &[(CatalogueKind, &[Named])] = &[
    (
        CatalogueKind::Package,
        &[
            ("Hybrid Discovery and Monitoring", "Finds resources on premises and in clouds, and watches them."),
            ("Event and Incident Management", "Turns events into alerts and incidents, and follows them up."),
            ("Remediation and Automation", "Resolves issues automatically."),
        ],
    ),
    (
        CatalogueKind::AddOn,
        &[
            ("Adapter Integrations", "Connects systems that have no integration of their own."),
            ("Extended Data Retention", "Keeps metrics for longer than a year."),
            ("Knowledgebase Management", "Articles for those who work on incidents."),
            ("OS Service Start/Stop Actions", "Starts and stops services of operating systems from the console."),
            ("Offline Alerts", "Tells when a resource is no longer reached."),
            ("Process Automation", "Runs workflows with approvals."),
            ("Remote Access Management", "Consoles on the client's devices, recorded."),
            ("SMS and Voice", "Notifies by text message and call."),
            ("Alert Problem Area", "Shows which part of an application an alert concerns."),
        ],
    ),
    (
        CatalogueKind::Integration,
        &[
            ("ServiceNow", "Incidents and configuration items, both ways."),
            ("Jira Service Management", "Incidents become requests."),
            ("ConnectWise PSA", "Tickets and companies."),
            ("Autotask PSA", "Tickets and companies."),
            ("BMC Helix ITSM", "Incidents, both ways."),
            ("Zendesk", "Incidents become tickets."),
            ("PagerDuty", "Alerts page whoever is on call."),
            ("Opsgenie", "Alerts page whoever is on call."),
            ("Slack", "Alerts in a channel."),
            ("Microsoft Teams", "Alerts in a channel."),
            ("Splunk", "Events and logs."),
            ("Webhook", "Alerts to any address."),
        ],
    ),
    (
        CatalogueKind::RemoteAccess,
        &[
            ("Remote Shell (SSH)", "A shell on Unix-like devices."),
            ("Remote Desktop (RDP)", "The desktop of Windows devices."),
            ("Telnet", "A terminal for older devices."),
            ("VNC", "The screen of a device."),
            ("HTTP/HTTPS Console", "The pages that a device serves."),
            ("Remote Commands", "Single commands and scripts, without a session."),
            ("File Transfer", "Files to and from a device."),
            ("Session Recording", "Keeps what was done in a session."),
        ],
    ),
    (
        CatalogueKind::AgentPolicy,
        &[
            ("Patch Management", "Scans for missing patches and installs approved ones."),
            ("Antivirus Status", "Reports whether protection runs and is up to date."),
            ("Event Log Collection", "Collects the operating system's event log."),
            ("Hardware and Software Inventory", "Reports what is built in and installed."),
            ("Performance Monitoring", "Processor, memory, disks and network."),
            ("Service and Process Monitoring", "Checks that required services are running."),
            ("Configuration Backup", "Keeps versions of configuration files."),
            ("Disk Cleanup", "Removes temporary files every week."),
        ],
    ),
];

/// Services, each with its technologies.
const SERVICES: &[(&str, &str, &[&str])] = &[
    (
        "Network Monitoring",
        "Routers, switches, firewalls and access points.",
        &["SNMP", "NetFlow", "Cisco", "Juniper", "Fortinet", "Palo Alto Networks", "Aruba", "MikroTik"],
    ),
    ("Server Management", "Physical and virtual servers.", &["Windows Server", "Linux", "AIX", "Solaris", "VMware vSphere", "Hyper-V", "KVM"]),
    ("Database Management", "Databases and their replicas.", &["Oracle Database", "Microsoft SQL Server", "PostgreSQL", "MySQL", "MongoDB", "Redis"]),
    ("Storage Management", "Arrays, filers and object stores.", &["NetApp", "Dell EMC", "Pure Storage", "HPE 3PAR", "Ceph"]),
    ("Backup and Recovery", "Backups, and the proof that they can be restored.", &["Veeam", "Commvault", "Veritas NetBackup", "Acronis"]),
    ("Cloud Management", "Accounts with public clouds.", &["Amazon Web Services", "Microsoft Azure", "Google Cloud", "Alibaba Cloud"]),
    ("Container Platforms", "Clusters and what runs in them.", &["Kubernetes", "Red Hat OpenShift", "Docker", "Amazon EKS"]),
    (
        "Application Monitoring",
        "Web servers, queues and applications.",
        &["Apache HTTP Server", "nginx", "Microsoft IIS", "Tomcat", "RabbitMQ", "Kafka"],
    ),
    ("Unified Communications", "Telephony, mail and meetings.", &["Microsoft 365", "Microsoft Exchange", "Cisco Unified Communications", "Zoom"]),
    ("Security Operations", "Firewalls, endpoints and logs under watch.", &["Microsoft Defender", "CrowdStrike", "Splunk", "Wazuh"]),
    ("Desktop Support", "Workplaces and their devices.", &["Windows", "macOS", "Printers", "Citrix"]),
    ("Service Desk", "People who answer, around the clock.", &["Telephone", "E-mail", "Chat"]),
];
