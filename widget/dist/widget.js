/*! OptFM chat, MIT. Lit (BSD-3-Clause) and socket.io-client (MIT) inside. */
"use strict";(()=>{var Ei=Object.defineProperty;var Ai=(s,t)=>{for(var e in t)Ei(s,e,{get:t[e],enumerable:!0})};var Et=globalThis,At=Et.ShadowRoot&&(Et.ShadyCSS===void 0||Et.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,ne=Symbol(),Be=new WeakMap,it=class{constructor(t,e,i){if(this._$cssResult$=!0,i!==ne)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o,e=this.t;if(At&&t===void 0){let i=e!==void 0&&e.length===1;i&&(t=Be.get(e)),t===void 0&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),i&&Be.set(e,t))}return t}toString(){return this.cssText}},Tt=s=>new it(typeof s=="string"?s:s+"",void 0,ne),_=(s,...t)=>{let e=s.length===1?s[0]:t.reduce((i,n,r)=>i+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+s[r+1],s[0]);return new it(e,s,ne)},Me=(s,t)=>{if(At)s.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of t){let i=document.createElement("style"),n=Et.litNonce;n!==void 0&&i.setAttribute("nonce",n),i.textContent=e.cssText,s.appendChild(i)}},re=At?s=>s:s=>s instanceof CSSStyleSheet?(t=>{let e="";for(let i of t.cssRules)e+=i.cssText;return Tt(e)})(s):s;var{is:Ti,defineProperty:Si,getOwnPropertyDescriptor:Ci,getOwnPropertyNames:Ri,getOwnPropertySymbols:Oi,getPrototypeOf:Pi}=Object,St=globalThis,Ue=St.trustedTypes,Ni=Ue?Ue.emptyScript:"",Li=St.reactiveElementPolyfillSupport,nt=(s,t)=>s,oe={toAttribute(s,t){switch(t){case Boolean:s=s?Ni:null;break;case Object:case Array:s=s==null?s:JSON.stringify(s)}return s},fromAttribute(s,t){let e=s;switch(t){case Boolean:e=s!==null;break;case Number:e=s===null?null:Number(s);break;case Object:case Array:try{e=JSON.parse(s)}catch{e=null}}return e}},Ie=(s,t)=>!Ti(s,t),De={attribute:!0,type:String,converter:oe,reflect:!1,useDefault:!1,hasChanged:Ie};Symbol.metadata??=Symbol("metadata"),St.litPropertyMetadata??=new WeakMap;var R=class extends HTMLElement{static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(t,e=De){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(t,e),!e.noAccessor){let i=Symbol(),n=this.getPropertyDescriptor(t,i,e);n!==void 0&&Si(this.prototype,t,n)}}static getPropertyDescriptor(t,e,i){let{get:n,set:r}=Ci(this.prototype,t)??{get(){return this[e]},set(o){this[e]=o}};return{get:n,set(o){let c=n?.call(this);r?.call(this,o),this.requestUpdate(t,c,i)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??De}static _$Ei(){if(this.hasOwnProperty(nt("elementProperties")))return;let t=Pi(this);t.finalize(),t.l!==void 0&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(nt("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(nt("properties"))){let e=this.properties,i=[...Ri(e),...Oi(e)];for(let n of i)this.createProperty(n,e[n])}let t=this[Symbol.metadata];if(t!==null){let e=litPropertyMetadata.get(t);if(e!==void 0)for(let[i,n]of e)this.elementProperties.set(i,n)}this._$Eh=new Map;for(let[e,i]of this.elementProperties){let n=this._$Eu(e,i);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(t){let e=[];if(Array.isArray(t)){let i=new Set(t.flat(1/0).reverse());for(let n of i)e.unshift(re(n))}else t!==void 0&&e.push(re(t));return e}static _$Eu(t,e){let i=e.attribute;return i===!1?void 0:typeof i=="string"?i:typeof t=="string"?t.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(t=>this.enableUpdating=t),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))}addController(t){(this._$EO??=new Set).add(t),this.renderRoot!==void 0&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}_$E_(){let t=new Map,e=this.constructor.elementProperties;for(let i of e.keys())this.hasOwnProperty(i)&&(t.set(i,this[i]),delete this[i]);t.size>0&&(this._$Ep=t)}createRenderRoot(){let t=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Me(t,this.constructor.elementStyles),t}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(t=>t.hostConnected?.())}enableUpdating(t){}disconnectedCallback(){this._$EO?.forEach(t=>t.hostDisconnected?.())}attributeChangedCallback(t,e,i){this._$AK(t,i)}_$ET(t,e){let i=this.constructor.elementProperties.get(t),n=this.constructor._$Eu(t,i);if(n!==void 0&&i.reflect===!0){let r=(i.converter?.toAttribute!==void 0?i.converter:oe).toAttribute(e,i.type);this._$Em=t,r==null?this.removeAttribute(n):this.setAttribute(n,r),this._$Em=null}}_$AK(t,e){let i=this.constructor,n=i._$Eh.get(t);if(n!==void 0&&this._$Em!==n){let r=i.getPropertyOptions(n),o=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:oe;this._$Em=n;let c=o.fromAttribute(e,r.type);this[n]=c??this._$Ej?.get(n)??c,this._$Em=null}}requestUpdate(t,e,i,n=!1,r){if(t!==void 0){let o=this.constructor;if(n===!1&&(r=this[t]),i??=o.getPropertyOptions(t),!((i.hasChanged??Ie)(r,e)||i.useDefault&&i.reflect&&r===this._$Ej?.get(t)&&!this.hasAttribute(o._$Eu(t,i))))return;this.C(t,e,i)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(t,e,{useDefault:i,reflect:n,wrapped:r},o){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,o??e??this[t]),r!==!0||o!==void 0)||(this._$AL.has(t)||(this.hasUpdated||i||(e=void 0),this._$AL.set(t,e)),n===!0&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let t=this.scheduleUpdate();return t!=null&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[n,r]of this._$Ep)this[n]=r;this._$Ep=void 0}let i=this.constructor.elementProperties;if(i.size>0)for(let[n,r]of i){let{wrapped:o}=r,c=this[n];o!==!0||this._$AL.has(n)||c===void 0||this.C(n,void 0,r,c)}}let t=!1,e=this._$AL;try{t=this.shouldUpdate(e),t?(this.willUpdate(e),this._$EO?.forEach(i=>i.hostUpdate?.()),this.update(e)):this._$EM()}catch(i){throw t=!1,this._$EM(),i}t&&this._$AE(e)}willUpdate(t){}_$AE(t){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}update(t){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(t){}firstUpdated(t){}};R.elementStyles=[],R.shadowRootOptions={mode:"open"},R[nt("elementProperties")]=new Map,R[nt("finalized")]=new Map,Li?.({ReactiveElement:R}),(St.reactiveElementVersions??=[]).push("2.1.2");var ce=globalThis,He=s=>s,Ct=ce.trustedTypes,qe=Ct?Ct.createPolicy("lit-html",{createHTML:s=>s}):void 0,le="$lit$",O=`lit$${Math.random().toFixed(9).slice(2)}$`,he="?"+O,Bi=`<${he}>`,F=document,ot=()=>F.createComment(""),at=s=>s===null||typeof s!="object"&&typeof s!="function",pe=Array.isArray,Ke=s=>pe(s)||typeof s?.[Symbol.iterator]=="function",ae=`[ 	
\f\r]`,rt=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,We=/-->/g,Fe=/>/g,q=RegExp(`>|${ae}(?:([^\\s"'>=/]+)(${ae}*=${ae}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Ve=/'/g,ze=/"/g,Ye=/^(?:script|style|textarea|title)$/i,de=s=>(t,...e)=>({_$litType$:s,strings:t,values:e}),h=de(1),w=de(2),zn=de(3),k=Symbol.for("lit-noChange"),p=Symbol.for("lit-nothing"),je=new WeakMap,W=F.createTreeWalker(F,129);function Je(s,t){if(!pe(s)||!s.hasOwnProperty("raw"))throw Error("invalid template strings array");return qe!==void 0?qe.createHTML(t):t}var Xe=(s,t)=>{let e=s.length-1,i=[],n,r=t===2?"<svg>":t===3?"<math>":"",o=rt;for(let c=0;c<e;c++){let a=s[c],u,f,l=-1,m=0;for(;m<a.length&&(o.lastIndex=m,f=o.exec(a),f!==null);)m=o.lastIndex,o===rt?f[1]==="!--"?o=We:f[1]!==void 0?o=Fe:f[2]!==void 0?(Ye.test(f[2])&&(n=RegExp("</"+f[2],"g")),o=q):f[3]!==void 0&&(o=q):o===q?f[0]===">"?(o=n??rt,l=-1):f[1]===void 0?l=-2:(l=o.lastIndex-f[2].length,u=f[1],o=f[3]===void 0?q:f[3]==='"'?ze:Ve):o===ze||o===Ve?o=q:o===We||o===Fe?o=rt:(o=q,n=void 0);let g=o===q&&s[c+1].startsWith("/>")?" ":"";r+=o===rt?a+Bi:l>=0?(i.push(u),a.slice(0,l)+le+a.slice(l)+O+g):a+O+(l===-2?c:g)}return[Je(s,r+(s[e]||"<?>")+(t===2?"</svg>":t===3?"</math>":"")),i]},ct=class s{constructor({strings:t,_$litType$:e},i){let n;this.parts=[];let r=0,o=0,c=t.length-1,a=this.parts,[u,f]=Xe(t,e);if(this.el=s.createElement(u,i),W.currentNode=this.el.content,e===2||e===3){let l=this.el.content.firstChild;l.replaceWith(...l.childNodes)}for(;(n=W.nextNode())!==null&&a.length<c;){if(n.nodeType===1){if(n.hasAttributes())for(let l of n.getAttributeNames())if(l.endsWith(le)){let m=f[o++],g=n.getAttribute(l).split(O),x=/([.?@])?(.*)/.exec(m);a.push({type:1,index:r,name:x[2],strings:g,ctor:x[1]==="."?Ot:x[1]==="?"?Pt:x[1]==="@"?Nt:z}),n.removeAttribute(l)}else l.startsWith(O)&&(a.push({type:6,index:r}),n.removeAttribute(l));if(Ye.test(n.tagName)){let l=n.textContent.split(O),m=l.length-1;if(m>0){n.textContent=Ct?Ct.emptyScript:"";for(let g=0;g<m;g++)n.append(l[g],ot()),W.nextNode(),a.push({type:2,index:++r});n.append(l[m],ot())}}}else if(n.nodeType===8)if(n.data===he)a.push({type:2,index:r});else{let l=-1;for(;(l=n.data.indexOf(O,l+1))!==-1;)a.push({type:7,index:r}),l+=O.length-1}r++}}static createElement(t,e){let i=F.createElement("template");return i.innerHTML=t,i}};function V(s,t,e=s,i){if(t===k)return t;let n=i!==void 0?e._$Co?.[i]:e._$Cl,r=at(t)?void 0:t._$litDirective$;return n?.constructor!==r&&(n?._$AO?.(!1),r===void 0?n=void 0:(n=new r(s),n._$AT(s,e,i)),i!==void 0?(e._$Co??=[])[i]=n:e._$Cl=n),n!==void 0&&(t=V(s,n._$AS(s,t.values),n,i)),t}var Rt=class{constructor(t,e){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){let{el:{content:e},parts:i}=this._$AD,n=(t?.creationScope??F).importNode(e,!0);W.currentNode=n;let r=W.nextNode(),o=0,c=0,a=i[0];for(;a!==void 0;){if(o===a.index){let u;a.type===2?u=new X(r,r.nextSibling,this,t):a.type===1?u=new a.ctor(r,a.name,a.strings,this,t):a.type===6&&(u=new Lt(r,this,t)),this._$AV.push(u),a=i[++c]}o!==a?.index&&(r=W.nextNode(),o++)}return W.currentNode=F,n}p(t){let e=0;for(let i of this._$AV)i!==void 0&&(i.strings!==void 0?(i._$AI(t,i,e),e+=i.strings.length-2):i._$AI(t[e])),e++}},X=class s{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,e,i,n){this.type=2,this._$AH=p,this._$AN=void 0,this._$AA=t,this._$AB=e,this._$AM=i,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode,e=this._$AM;return e!==void 0&&t?.nodeType===11&&(t=e.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,e=this){t=V(this,t,e),at(t)?t===p||t==null||t===""?(this._$AH!==p&&this._$AR(),this._$AH=p):t!==this._$AH&&t!==k&&this._(t):t._$litType$!==void 0?this.$(t):t.nodeType!==void 0?this.T(t):Ke(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==p&&at(this._$AH)?this._$AA.nextSibling.data=t:this.T(F.createTextNode(t)),this._$AH=t}$(t){let{values:e,_$litType$:i}=t,n=typeof i=="number"?this._$AC(t):(i.el===void 0&&(i.el=ct.createElement(Je(i.h,i.h[0]),this.options)),i);if(this._$AH?._$AD===n)this._$AH.p(e);else{let r=new Rt(n,this),o=r.u(this.options);r.p(e),this.T(o),this._$AH=r}}_$AC(t){let e=je.get(t.strings);return e===void 0&&je.set(t.strings,e=new ct(t)),e}k(t){pe(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,i,n=0;for(let r of t)n===e.length?e.push(i=new s(this.O(ot()),this.O(ot()),this,this.options)):i=e[n],i._$AI(r),n++;n<e.length&&(this._$AR(i&&i._$AB.nextSibling,n),e.length=n)}_$AR(t=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);t!==this._$AB;){let i=He(t).nextSibling;He(t).remove(),t=i}}setConnected(t){this._$AM===void 0&&(this._$Cv=t,this._$AP?.(t))}},z=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,e,i,n,r){this.type=1,this._$AH=p,this._$AN=void 0,this.element=t,this.name=e,this._$AM=n,this.options=r,i.length>2||i[0]!==""||i[1]!==""?(this._$AH=Array(i.length-1).fill(new String),this.strings=i):this._$AH=p}_$AI(t,e=this,i,n){let r=this.strings,o=!1;if(r===void 0)t=V(this,t,e,0),o=!at(t)||t!==this._$AH&&t!==k,o&&(this._$AH=t);else{let c=t,a,u;for(t=r[0],a=0;a<r.length-1;a++)u=V(this,c[i+a],e,a),u===k&&(u=this._$AH[a]),o||=!at(u)||u!==this._$AH[a],u===p?t=p:t!==p&&(t+=(u??"")+r[a+1]),this._$AH[a]=u}o&&!n&&this.j(t)}j(t){t===p?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}},Ot=class extends z{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===p?void 0:t}},Pt=class extends z{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==p)}},Nt=class extends z{constructor(t,e,i,n,r){super(t,e,i,n,r),this.type=5}_$AI(t,e=this){if((t=V(this,t,e,0)??p)===k)return;let i=this._$AH,n=t===p&&i!==p||t.capture!==i.capture||t.once!==i.once||t.passive!==i.passive,r=t!==p&&(i===p||n);n&&this.element.removeEventListener(this.name,this,i),r&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}},Lt=class{constructor(t,e,i){this.element=t,this.type=6,this._$AN=void 0,this._$AM=e,this.options=i}get _$AU(){return this._$AM._$AU}_$AI(t){V(this,t)}},Ge={M:le,P:O,A:he,C:1,L:Xe,R:Rt,D:Ke,V,I:X,H:z,N:Pt,U:Nt,B:Ot,F:Lt},Mi=ce.litHtmlPolyfillSupport;Mi?.(ct,X),(ce.litHtmlVersions??=[]).push("3.3.3");var Qe=(s,t,e)=>{let i=e?.renderBefore??t,n=i._$litPart$;if(n===void 0){let r=e?.renderBefore??null;i._$litPart$=n=new X(t.insertBefore(ot(),r),r,void 0,e??{})}return n._$AI(s),n};var ue=globalThis,M=class extends R{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=Qe(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return k}};M._$litElement$=!0,M.finalized=!0,ue.litElementHydrateSupport?.({LitElement:M});var Ui=ue.litElementPolyfillSupport;Ui?.({LitElement:M});(ue.litElementVersions??=[]).push("4.2.2");var T=Object.create(null);T.open="0";T.close="1";T.ping="2";T.pong="3";T.message="4";T.upgrade="5";T.noop="6";var lt=Object.create(null);Object.keys(T).forEach(s=>{lt[T[s]]=s});var ht={type:"error",data:"parser error"};var es=typeof Blob=="function"||typeof Blob<"u"&&Object.prototype.toString.call(Blob)==="[object BlobConstructor]",ss=typeof ArrayBuffer=="function",is=s=>typeof ArrayBuffer.isView=="function"?ArrayBuffer.isView(s):s&&s.buffer instanceof ArrayBuffer,pt=({type:s,data:t},e,i)=>es&&t instanceof Blob?e?i(t):Ze(t,i):ss&&(t instanceof ArrayBuffer||is(t))?e?i(t):Ze(new Blob([t]),i):i(T[s]+(t||"")),Ze=(s,t)=>{let e=new FileReader;return e.onload=function(){let i=e.result.split(",")[1];t("b"+(i||""))},e.readAsDataURL(s)};function ts(s){return s instanceof Uint8Array?s:s instanceof ArrayBuffer?new Uint8Array(s):new Uint8Array(s.buffer,s.byteOffset,s.byteLength)}var fe;function ns(s,t){if(es&&s.data instanceof Blob)return s.data.arrayBuffer().then(ts).then(t);if(ss&&(s.data instanceof ArrayBuffer||is(s.data)))return t(ts(s.data));pt(s,!1,e=>{fe||(fe=new TextEncoder),t(fe.encode(e))})}var rs="ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",dt=typeof Uint8Array>"u"?[]:new Uint8Array(256);for(let s=0;s<rs.length;s++)dt[rs.charCodeAt(s)]=s;var os=s=>{let t=s.length*.75,e=s.length,i,n=0,r,o,c,a;s[s.length-1]==="="&&(t--,s[s.length-2]==="="&&t--);let u=new ArrayBuffer(t),f=new Uint8Array(u);for(i=0;i<e;i+=4)r=dt[s.charCodeAt(i)],o=dt[s.charCodeAt(i+1)],c=dt[s.charCodeAt(i+2)],a=dt[s.charCodeAt(i+3)],f[n++]=r<<2|o>>4,f[n++]=(o&15)<<4|c>>2,f[n++]=(c&3)<<6|a&63;return u};var Di=typeof ArrayBuffer=="function",ut=(s,t)=>{if(typeof s!="string")return{type:"message",data:as(s,t)};let e=s.charAt(0);return e==="b"?{type:"message",data:Ii(s.substring(1),t)}:lt[e]?s.length>1?{type:lt[e],data:s.substring(1)}:{type:lt[e]}:ht},Ii=(s,t)=>{if(Di){let e=os(s);return as(e,t)}else return{base64:!0,data:s}},as=(s,t)=>t==="blob"?s instanceof Blob?s:new Blob([s]):s instanceof ArrayBuffer?s:s.buffer;var cs="",ls=(s,t)=>{let e=s.length,i=new Array(e),n=0;s.forEach((r,o)=>{pt(r,!1,c=>{i[o]=c,++n===e&&t(i.join(cs))})})},hs=(s,t)=>{let e=s.split(cs),i=[];for(let n=0;n<e.length;n++){let r=ut(e[n],t);if(i.push(r),r.type==="error")break}return i};function ps(){return new TransformStream({transform(s,t){ns(s,e=>{let i=e.length,n;if(i<126)n=new Uint8Array(1),new DataView(n.buffer).setUint8(0,i);else if(i<65536){n=new Uint8Array(3);let r=new DataView(n.buffer);r.setUint8(0,126),r.setUint16(1,i)}else{n=new Uint8Array(9);let r=new DataView(n.buffer);r.setUint8(0,127),r.setBigUint64(1,BigInt(i))}s.data&&typeof s.data!="string"&&(n[0]|=128),t.enqueue(n),t.enqueue(e)})}})}var me;function Bt(s){return s.reduce((t,e)=>t+e.length,0)}function Mt(s,t){if(s[0].length===t)return s.shift();let e=new Uint8Array(t),i=0;for(let n=0;n<t;n++)e[n]=s[0][i++],i===s[0].length&&(s.shift(),i=0);return s.length&&i<s[0].length&&(s[0]=s[0].slice(i)),e}function ds(s,t){me||(me=new TextDecoder);let e=[],i=0,n=-1,r=!1;return new TransformStream({transform(o,c){for(e.push(o);;){if(i===0){if(Bt(e)<1)break;let a=Mt(e,1);r=(a[0]&128)===128,n=a[0]&127,n<126?i=3:n===126?i=1:i=2}else if(i===1){if(Bt(e)<2)break;let a=Mt(e,2);n=new DataView(a.buffer,a.byteOffset,a.length).getUint16(0),i=3}else if(i===2){if(Bt(e)<8)break;let a=Mt(e,8),u=new DataView(a.buffer,a.byteOffset,a.length),f=u.getUint32(0);if(f>Math.pow(2,21)-1){c.enqueue(ht);break}n=f*Math.pow(2,32)+u.getUint32(4),i=3}else{if(Bt(e)<n)break;let a=Mt(e,n);c.enqueue(ut(r?a:me.decode(a),t)),i=0}if(n===0||n>s){c.enqueue(ht);break}}}})}var ge=4;function y(s){if(s)return Hi(s)}function Hi(s){for(var t in y.prototype)s[t]=y.prototype[t];return s}y.prototype.on=y.prototype.addEventListener=function(s,t){return this._callbacks=this._callbacks||{},(this._callbacks["$"+s]=this._callbacks["$"+s]||[]).push(t),this};y.prototype.once=function(s,t){function e(){this.off(s,e),t.apply(this,arguments)}return e.fn=t,this.on(s,e),this};y.prototype.off=y.prototype.removeListener=y.prototype.removeAllListeners=y.prototype.removeEventListener=function(s,t){if(this._callbacks=this._callbacks||{},arguments.length==0)return this._callbacks={},this;var e=this._callbacks["$"+s];if(!e)return this;if(arguments.length==1)return delete this._callbacks["$"+s],this;for(var i,n=0;n<e.length;n++)if(i=e[n],i===t||i.fn===t){e.splice(n,1);break}return e.length===0&&delete this._callbacks["$"+s],this};y.prototype.emit=function(s){this._callbacks=this._callbacks||{};for(var t=new Array(arguments.length-1),e=this._callbacks["$"+s],i=1;i<arguments.length;i++)t[i-1]=arguments[i];if(e){e=e.slice(0);for(var i=0,n=e.length;i<n;++i)e[i].apply(this,t)}return this};y.prototype.emitReserved=y.prototype.emit;y.prototype.listeners=function(s){return this._callbacks=this._callbacks||{},this._callbacks["$"+s]||[]};y.prototype.hasListeners=function(s){return!!this.listeners(s).length};var P=typeof Promise=="function"&&typeof Promise.resolve=="function"?t=>Promise.resolve().then(t):(t,e)=>e(t,0),$=typeof self<"u"?self:typeof window<"u"?window:Function("return this")(),us="arraybuffer";function Ut(s,...t){return t.reduce((e,i)=>(s.hasOwnProperty(i)&&(e[i]=s[i]),e),{})}var qi=$.setTimeout,Wi=$.clearTimeout;function N(s,t){t.useNativeTimers?(s.setTimeoutFn=qi.bind($),s.clearTimeoutFn=Wi.bind($)):(s.setTimeoutFn=$.setTimeout.bind($),s.clearTimeoutFn=$.clearTimeout.bind($))}var Fi=1.33;function fs(s){return typeof s=="string"?Vi(s):Math.ceil((s.byteLength||s.size)*Fi)}function Vi(s){let t=0,e=0;for(let i=0,n=s.length;i<n;i++)t=s.charCodeAt(i),t<128?e+=1:t<2048?e+=2:t<55296||t>=57344?e+=3:(i++,e+=4);return e}function Dt(){return Date.now().toString(36).substring(3)+Math.random().toString(36).substring(2,5)}function ms(s){let t="";for(let e in s)s.hasOwnProperty(e)&&(t.length&&(t+="&"),t+=encodeURIComponent(e)+"="+encodeURIComponent(s[e]));return t}function gs(s){let t={},e=s.split("&");for(let i=0,n=e.length;i<n;i++){let r=e[i].split("=");t[decodeURIComponent(r[0])]=decodeURIComponent(r.slice(1).join("="))}return t}var It=class extends Error{constructor(t,e,i){super(t),this.description=e,this.context=i,this.type="TransportError"}},L=class extends y{constructor(t){super(),this.writable=!1,N(this,t),this.opts=t,this.query=t.query,this.socket=t.socket,this.supportsBinary=!t.forceBase64}onError(t,e,i){return super.emitReserved("error",new It(t,e,i)),this}open(){return this.readyState="opening",this.doOpen(),this}close(){return(this.readyState==="opening"||this.readyState==="open")&&(this.doClose(),this.onClose()),this}send(t){this.readyState==="open"&&this.write(t)}onOpen(){this.readyState="open",this.writable=!0,super.emitReserved("open")}onData(t){let e=ut(t,this.socket.binaryType);this.onPacket(e)}onPacket(t){super.emitReserved("packet",t)}onClose(t){this.readyState="closed",super.emitReserved("close",t)}pause(t){}createUri(t,e={}){return t+"://"+this._hostname()+this._port()+this.opts.path+this._query(e)}_hostname(){let t=this.opts.hostname;return t.indexOf(":")===-1?t:"["+t+"]"}_port(){return this.opts.port&&(this.opts.secure&&Number(this.opts.port)!==443||!this.opts.secure&&Number(this.opts.port)!==80)?":"+this.opts.port:""}_query(t){let e=ms(t);return e.length?"?"+e:""}};var ft=class extends L{constructor(){super(...arguments),this._polling=!1}get name(){return"polling"}doOpen(){this._poll()}pause(t){this.readyState="pausing";let e=()=>{this.readyState="paused",t()};if(this._polling||!this.writable){let i=0;this._polling&&(i++,this.once("pollComplete",function(){--i||e()})),this.writable||(i++,this.once("drain",function(){--i||e()}))}else e()}_poll(){this._polling=!0,this.doPoll(),this.emitReserved("poll")}onData(t){let e=i=>{if(this.readyState==="opening"&&i.type==="open"&&this.onOpen(),i.type==="close")return this.onClose({description:"transport closed by the server"}),!1;this.onPacket(i)};hs(t,this.socket.binaryType).forEach(e),this.readyState!=="closed"&&(this._polling=!1,this.emitReserved("pollComplete"),this.readyState==="open"&&this._poll())}doClose(){let t=()=>{this.write([{type:"close"}])};this.readyState==="open"?t():this.once("open",t)}write(t){this.writable=!1,ls(t,e=>{this.doWrite(e,()=>{this.writable=!0,this.emitReserved("drain")})})}uri(){let t=this.opts.secure?"https":"http",e=this.query||{};return this.opts.timestampRequests!==!1&&(e[this.opts.timestampParam]=Dt()),!this.supportsBinary&&!e.sid&&(e.b64=1),this.createUri(t,e)}};var ys=!1;try{ys=typeof XMLHttpRequest<"u"&&"withCredentials"in new XMLHttpRequest}catch{}var bs=ys;function zi(){}var ye=class extends ft{constructor(t){if(super(t),typeof location<"u"){let e=location.protocol==="https:",i=location.port;i||(i=e?"443":"80"),this.xd=typeof location<"u"&&t.hostname!==location.hostname||i!==t.port}}doWrite(t,e){let i=this.request({method:"POST",data:t});i.on("success",e),i.on("error",(n,r)=>{this.onError("xhr post error",n,r)})}doPoll(){let t=this.request();t.on("data",this.onData.bind(this)),t.on("error",(e,i)=>{this.onError("xhr poll error",e,i)}),this.pollXhr=t}},U=class s extends y{constructor(t,e,i){super(),this.createRequest=t,N(this,i),this._opts=i,this._method=i.method||"GET",this._uri=e,this._data=i.data!==void 0?i.data:null,this._create()}_create(){var t;let e=Ut(this._opts,"agent","pfx","key","passphrase","cert","ca","ciphers","rejectUnauthorized","autoUnref");e.xdomain=!!this._opts.xd;let i=this._xhr=this.createRequest(e);try{i.open(this._method,this._uri,!0);try{if(this._opts.extraHeaders){i.setDisableHeaderCheck&&i.setDisableHeaderCheck(!0);for(let n in this._opts.extraHeaders)this._opts.extraHeaders.hasOwnProperty(n)&&i.setRequestHeader(n,this._opts.extraHeaders[n])}}catch{}if(this._method==="POST")try{i.setRequestHeader("Content-type","text/plain;charset=UTF-8")}catch{}try{i.setRequestHeader("Accept","*/*")}catch{}(t=this._opts.cookieJar)===null||t===void 0||t.addCookies(i),"withCredentials"in i&&(i.withCredentials=this._opts.withCredentials),this._opts.requestTimeout&&(i.timeout=this._opts.requestTimeout),i.onreadystatechange=()=>{var n;i.readyState===3&&((n=this._opts.cookieJar)===null||n===void 0||n.parseCookies(i.getResponseHeader("set-cookie"))),i.readyState===4&&(i.status===200||i.status===1223?this._onLoad():this.setTimeoutFn(()=>{this._onError(typeof i.status=="number"?i.status:0)},0))},i.send(this._data)}catch(n){this.setTimeoutFn(()=>{this._onError(n)},0);return}typeof document<"u"&&(this._index=s.requestsCount++,s.requests[this._index]=this)}_onError(t){this.emitReserved("error",t,this._xhr),this._cleanup(!0)}_cleanup(t){if(!(typeof this._xhr>"u"||this._xhr===null)){if(this._xhr.onreadystatechange=zi,t)try{this._xhr.abort()}catch{}typeof document<"u"&&delete s.requests[this._index],this._xhr=null}}_onLoad(){let t=this._xhr.responseText;t!==null&&(this.emitReserved("data",t),this.emitReserved("success"),this._cleanup())}abort(){this._cleanup()}};U.requestsCount=0;U.requests={};if(typeof document<"u"){if(typeof attachEvent=="function")attachEvent("onunload",xs);else if(typeof addEventListener=="function"){let s="onpagehide"in $?"pagehide":"unload";addEventListener(s,xs,!1)}}function xs(){for(let s in U.requests)U.requests.hasOwnProperty(s)&&U.requests[s].abort()}var ji=(function(){let s=vs({xdomain:!1});return s&&s.responseType!==null})(),D=class extends ye{constructor(t){super(t);let e=t&&t.forceBase64;this.supportsBinary=ji&&!e}request(t={}){return Object.assign(t,{xd:this.xd},this.opts),new U(vs,this.uri(),t)}};function vs(s){let t=s.xdomain;try{if(typeof XMLHttpRequest<"u"&&(!t||bs))return new XMLHttpRequest}catch{}if(!t)try{return new $[["Active"].concat("Object").join("X")]("Microsoft.XMLHTTP")}catch{}}var _s=typeof navigator<"u"&&typeof navigator.product=="string"&&navigator.product.toLowerCase()==="reactnative",xe=class extends L{get name(){return"websocket"}doOpen(){let t=this.uri(),e=this.opts.protocols,i=_s?{}:Ut(this.opts,"agent","perMessageDeflate","pfx","key","passphrase","cert","ca","ciphers","rejectUnauthorized","localAddress","protocolVersion","origin","maxPayload","family","checkServerIdentity");this.opts.extraHeaders&&(i.headers=this.opts.extraHeaders);try{this.ws=this.createSocket(t,e,i)}catch(n){return this.emitReserved("error",n)}this.ws.binaryType=this.socket.binaryType,this.addEventListeners()}addEventListeners(){this.ws.onopen=()=>{this.opts.autoUnref&&this.ws._socket.unref(),this.onOpen()},this.ws.onclose=t=>this.onClose({description:"websocket connection closed",context:t}),this.ws.onmessage=t=>this.onData(t.data),this.ws.onerror=t=>this.onError("websocket error",t)}write(t){this.writable=!1;for(let e=0;e<t.length;e++){let i=t[e],n=e===t.length-1;pt(i,this.supportsBinary,r=>{try{this.doWrite(i,r)}catch{}n&&P(()=>{this.writable=!0,this.emitReserved("drain")},this.setTimeoutFn)})}}doClose(){typeof this.ws<"u"&&(this.ws.onerror=()=>{},this.ws.close(),this.ws=null)}uri(){let t=this.opts.secure?"wss":"ws",e=this.query||{};return this.opts.timestampRequests&&(e[this.opts.timestampParam]=Dt()),this.supportsBinary||(e.b64=1),this.createUri(t,e)}},be=$.WebSocket||$.MozWebSocket,I=class extends xe{createSocket(t,e,i){return _s?new be(t,e,i):e?new be(t,e):new be(t)}doWrite(t,e){this.ws.send(e)}};var G=class extends L{get name(){return"webtransport"}doOpen(){try{this._transport=new WebTransport(this.createUri("https"),this.opts.transportOptions[this.name])}catch(t){return this.emitReserved("error",t)}this._transport.closed.then(()=>{this.onClose()}).catch(t=>{this.onError("webtransport error",t)}),this._transport.ready.then(()=>{this._transport.createBidirectionalStream().then(t=>{let e=ds(Number.MAX_SAFE_INTEGER,this.socket.binaryType),i=t.readable.pipeThrough(e).getReader(),n=ps();n.readable.pipeTo(t.writable),this._writer=n.writable.getWriter();let r=()=>{i.read().then(({done:c,value:a})=>{c||(this.onPacket(a),r())}).catch(c=>{})};r();let o={type:"open"};this.query.sid&&(o.data=`{"sid":"${this.query.sid}"}`),this._writer.write(o).then(()=>this.onOpen())})})}write(t){this.writable=!1;for(let e=0;e<t.length;e++){let i=t[e],n=e===t.length-1;this._writer.write(i).then(()=>{n&&P(()=>{this.writable=!0,this.emitReserved("drain")},this.setTimeoutFn)})}}doClose(){var t;(t=this._transport)===null||t===void 0||t.close()}};var ve={websocket:I,webtransport:G,polling:D};var Ki=/^(?:(?![^:@\/?#]+:[^:@\/]*@)(http|https|ws|wss):\/\/)?((?:(([^:@\/?#]*)(?::([^:@\/?#]*))?)?@)?((?:[a-f0-9]{0,4}:){2,7}[a-f0-9]{0,4}|[^:\/?#]*)(?::(\d*))?)(((\/(?:[^?#](?![^?#\/]*\.[^?#\/.]+(?:[?#]|$)))*\/?)?([^?#\/]*))(?:\?([^#]*))?(?:#(.*))?)/,Yi=["source","protocol","authority","userInfo","user","password","host","port","relative","path","directory","file","query","anchor"];function Q(s){if(s.length>8e3)throw"URI too long";let t=s,e=s.indexOf("["),i=s.indexOf("]");e!=-1&&i!=-1&&(s=s.substring(0,e)+s.substring(e,i).replace(/:/g,";")+s.substring(i,s.length));let n=Ki.exec(s||""),r={},o=14;for(;o--;)r[Yi[o]]=n[o]||"";return e!=-1&&i!=-1&&(r.source=t,r.host=r.host.substring(1,r.host.length-1).replace(/;/g,":"),r.authority=r.authority.replace("[","").replace("]","").replace(/;/g,":"),r.ipv6uri=!0),r.pathNames=Ji(r,r.path),r.queryKey=Xi(r,r.query),r}function Ji(s,t){let e=/\/{2,9}/g,i=t.replace(e,"/").split("/");return(t.slice(0,1)=="/"||t.length===0)&&i.splice(0,1),t.slice(-1)=="/"&&i.splice(i.length-1,1),i}function Xi(s,t){let e={};return t.replace(/(?:^|&)([^&=]*)=?([^&]*)/g,function(i,n,r){n&&(e[n]=r)}),e}var _e=typeof addEventListener=="function"&&typeof removeEventListener=="function",Ht=[];_e&&addEventListener("offline",()=>{Ht.forEach(s=>s())},!1);var j=class s extends y{constructor(t,e={}){var i,n;if(super(),this.binaryType=us,this.writeBuffer=[],this._prevBufferLen=0,this._upgrades=[],this._pingInterval=-1,this._pingTimeout=-1,this._maxPayload=-1,this._pingTimeoutTime=1/0,t&&typeof t=="object"&&(e=t,t=null),t){let r=Q(t);e.hostname=r.host,e.secure=r.protocol==="https"||r.protocol==="wss",e.port=r.port,r.query&&(e.query=r.query)}else e.host&&(e.hostname=Q(e.host).host);if(N(this,e),this.secure=e.secure!=null?e.secure:typeof location<"u"&&location.protocol==="https:",e.hostname&&!e.port&&(e.port=this.secure?"443":"80"),this.hostname=e.hostname||(typeof location<"u"?location.hostname:"localhost"),this.port=e.port||(typeof location<"u"&&location.port?location.port:this.secure?"443":"80"),e.transportImplementations&&e.transports)throw new Error("specifying both 'transportImplementations' and 'transports' options is not supported");e.transportImplementations||!((i=e.transports)===null||i===void 0)&&i.length&&typeof e.transports[0]=="function"?(this.transports=[],this._transportsByName=Object.create(null),((n=e.transportImplementations)!==null&&n!==void 0?n:e.transports).forEach(r=>{let o=r.prototype.name;this.transports.push(o),this._transportsByName[o]=r})):(this.transports=e.transports?[...e.transports]:["polling","websocket","webtransport"],this._transportsByName=ve),this.opts=Object.assign({path:"/engine.io",agent:!1,withCredentials:!1,upgrade:!0,timestampParam:"t",rememberUpgrade:!1,addTrailingSlash:!0,rejectUnauthorized:!0,perMessageDeflate:{threshold:1024},transportOptions:{},closeOnBeforeunload:!1},e),this.opts.path=this.opts.path.replace(/\/$/,"")+(this.opts.addTrailingSlash?"/":""),typeof this.opts.query=="string"&&(this.opts.query=gs(this.opts.query)),_e&&(this.opts.closeOnBeforeunload&&(this._beforeunloadEventListener=()=>{this.transport&&(this.transport.removeAllListeners(),this.transport.close())},addEventListener("beforeunload",this._beforeunloadEventListener,!1)),this.hostname!=="localhost"&&(this._offlineEventListener=()=>{this._onClose("transport close",{description:"network connection lost"})},Ht.push(this._offlineEventListener))),this.opts.withCredentials&&(this._cookieJar=void 0),this._open()}createTransport(t){let e=Object.assign({},this.opts.query);e.EIO=ge,e.transport=t,this.id&&(e.sid=this.id);let i=Object.assign({},this.opts,{query:e,socket:this,hostname:this.hostname,secure:this.secure,port:this.port},this.opts.transportOptions[t]);return new this._transportsByName[t](i)}_open(){if(this.transports.length===0){this.setTimeoutFn(()=>{this.emitReserved("error","No transports available")},0);return}let t=this.opts.rememberUpgrade&&s.priorWebsocketSuccess&&this.transports.indexOf("websocket")!==-1?"websocket":this.transports[0];this.readyState="opening";let e=this.createTransport(t);e.open(),this.setTransport(e)}setTransport(t){this.transport&&this.transport.removeAllListeners(),this.transport=t,t.on("drain",this._onDrain.bind(this)).on("packet",this._onPacket.bind(this)).on("error",this._onError.bind(this)).on("close",e=>this._onClose("transport close",e))}_probe(t){let e=this.createTransport(t),i=!1;s.priorWebsocketSuccess=!1;let n=()=>{i||(e.send([{type:"ping",data:"probe"}]),e.once("packet",l=>{if(!i)if(l.type==="pong"&&l.data==="probe"){if(this.upgrading=!0,this.emitReserved("upgrading",e),!e)return;s.priorWebsocketSuccess=e.name==="websocket",this.transport.pause(()=>{i||this.readyState!=="closed"&&(f(),this.setTransport(e),e.send([{type:"upgrade"}]),this.emitReserved("upgrade",e),e=null,this.upgrading=!1,this.flush())})}else{let m=new Error("probe error");m.transport=e.name,this.emitReserved("upgradeError",m)}}))};function r(){i||(i=!0,f(),e.close(),e=null)}let o=l=>{let m=new Error("probe error: "+l);m.transport=e.name,r(),this.emitReserved("upgradeError",m)};function c(){o("transport closed")}function a(){o("socket closed")}function u(l){e&&l.name!==e.name&&r()}let f=()=>{e.removeListener("open",n),e.removeListener("error",o),e.removeListener("close",c),this.off("close",a),this.off("upgrading",u)};e.once("open",n),e.once("error",o),e.once("close",c),this.once("close",a),this.once("upgrading",u),this._upgrades.indexOf("webtransport")!==-1&&t!=="webtransport"?this.setTimeoutFn(()=>{i||e.open()},200):e.open()}onOpen(){if(this.readyState="open",s.priorWebsocketSuccess=this.transport.name==="websocket",this.emitReserved("open"),this.flush(),this.readyState==="open"&&this.opts.upgrade)for(let t=0;t<this._upgrades.length;t++)this._probe(this._upgrades[t])}_onPacket(t){if(this.readyState==="opening"||this.readyState==="open"||this.readyState==="closing")switch(this.emitReserved("packet",t),this.emitReserved("heartbeat"),t.type){case"open":this.onHandshake(JSON.parse(t.data));break;case"ping":this._sendPacket("pong"),this.emitReserved("ping"),this.emitReserved("pong"),this._resetPingTimeout();break;case"error":let e=new Error("server error");e.code=t.data,this._onError(e);break;case"message":this.emitReserved("data",t.data),this.emitReserved("message",t.data);break}}onHandshake(t){this.emitReserved("handshake",t),this.id=t.sid,this.transport.query.sid=t.sid,this._upgrades=this._filterUpgrades(t.upgrades),this._pingInterval=t.pingInterval,this._pingTimeout=t.pingTimeout,this._maxPayload=t.maxPayload,this.onOpen(),this.readyState!=="closed"&&this._resetPingTimeout()}_resetPingTimeout(){this.clearTimeoutFn(this._pingTimeoutTimer);let t=this._pingInterval+this._pingTimeout;this._pingTimeoutTime=Date.now()+t,this._pingTimeoutTimer=this.setTimeoutFn(()=>{this._onClose("ping timeout")},t),this.opts.autoUnref&&this._pingTimeoutTimer.unref()}_onDrain(){this.writeBuffer.splice(0,this._prevBufferLen),this._prevBufferLen=0,this.writeBuffer.length===0?this.emitReserved("drain"):this.flush()}flush(){if(this.readyState!=="closed"&&this.transport.writable&&!this.upgrading&&this.writeBuffer.length){let t=this._getWritablePackets();this.transport.send(t),this._prevBufferLen=t.length,this.emitReserved("flush")}}_getWritablePackets(){if(!(this._maxPayload&&this.transport.name==="polling"&&this.writeBuffer.length>1))return this.writeBuffer;let e=1;for(let i=0;i<this.writeBuffer.length;i++){let n=this.writeBuffer[i].data;if(n&&(e+=fs(n)),i>0&&e>this._maxPayload)return this.writeBuffer.slice(0,i);e+=2}return this.writeBuffer}_hasPingExpired(){if(!this._pingTimeoutTime)return!0;let t=Date.now()>this._pingTimeoutTime;return t&&(this._pingTimeoutTime=0,P(()=>{this._onClose("ping timeout")},this.setTimeoutFn)),t}write(t,e,i){return this._sendPacket("message",t,e,i),this}send(t,e,i){return this._sendPacket("message",t,e,i),this}_sendPacket(t,e,i,n){if(typeof e=="function"&&(n=e,e=void 0),typeof i=="function"&&(n=i,i=null),this.readyState==="closing"||this.readyState==="closed")return;i=i||{},i.compress=i.compress!==!1;let r={type:t,data:e,options:i};this.emitReserved("packetCreate",r),this.writeBuffer.push(r),n&&this.once("flush",n),this.flush()}close(){let t=()=>{this._onClose("forced close"),this.transport.close()},e=()=>{this.off("upgrade",e),this.off("upgradeError",e),t()},i=()=>{this.once("upgrade",e),this.once("upgradeError",e)};return(this.readyState==="opening"||this.readyState==="open")&&(this.readyState="closing",this.writeBuffer.length?this.once("drain",()=>{this.upgrading?i():t()}):this.upgrading?i():t()),this}_onError(t){if(s.priorWebsocketSuccess=!1,this.opts.tryAllTransports&&this.transports.length>1&&this.readyState==="opening")return this.transports.shift(),this._open();this.emitReserved("error",t),this._onClose("transport error",t)}_onClose(t,e){if(this.readyState==="opening"||this.readyState==="open"||this.readyState==="closing"){if(this.clearTimeoutFn(this._pingTimeoutTimer),this.transport.removeAllListeners("close"),this.transport.close(),this.transport.removeAllListeners(),_e&&(this._beforeunloadEventListener&&removeEventListener("beforeunload",this._beforeunloadEventListener,!1),this._offlineEventListener)){let i=Ht.indexOf(this._offlineEventListener);i!==-1&&Ht.splice(i,1)}this.readyState="closed",this.id=null,this.emitReserved("close",t,e),this.writeBuffer=[],this._prevBufferLen=0}}_filterUpgrades(t){let e=[];for(let i=0;i<t.length;i++)~this.transports.indexOf(t[i])&&e.push(t[i]);return e}};j.protocol=ge;var co=j.protocol;function ws(s,t="",e){let i=s;e=e||typeof location<"u"&&location,s==null&&(s=e.protocol+"//"+e.host),typeof s=="string"&&(s.charAt(0)==="/"&&(s.charAt(1)==="/"?s=e.protocol+s:s=e.host+s),/^(https?|wss?):\/\//.test(s)||(typeof e<"u"?s=e.protocol+"//"+s:s="https://"+s),i=Q(s)),i.port||(/^(http|ws)$/.test(i.protocol)?i.port="80":/^(http|ws)s$/.test(i.protocol)&&(i.port="443")),i.path=i.path||"/";let r=i.host.indexOf(":")!==-1?"["+i.host+"]":i.host;return i.id=i.protocol+"://"+r+":"+i.port+t,i.href=i.protocol+"://"+r+(e&&e.port===i.port?"":":"+i.port),i}var Ae={};Ai(Ae,{Decoder:()=>ke,Encoder:()=>$e,PacketType:()=>d,isPacketValid:()=>on,protocol:()=>Ts});var Qi=typeof ArrayBuffer=="function",Zi=s=>typeof ArrayBuffer.isView=="function"?ArrayBuffer.isView(s):s.buffer instanceof ArrayBuffer,$s=Object.prototype.toString,tn=typeof Blob=="function"||typeof Blob<"u"&&$s.call(Blob)==="[object BlobConstructor]",en=typeof File=="function"||typeof File<"u"&&$s.call(File)==="[object FileConstructor]";function gt(s){return Qi&&(s instanceof ArrayBuffer||Zi(s))||tn&&s instanceof Blob||en&&s instanceof File}function mt(s,t){if(!s||typeof s!="object")return!1;if(Array.isArray(s)){for(let e=0,i=s.length;e<i;e++)if(mt(s[e]))return!0;return!1}if(gt(s))return!0;if(s.toJSON&&typeof s.toJSON=="function"&&arguments.length===1)return mt(s.toJSON(),!0);for(let e in s)if(Object.prototype.hasOwnProperty.call(s,e)&&mt(s[e]))return!0;return!1}function ks(s){let t=[],e=s.data,i=s;return i.data=qt(e,t),i.attachments=t.length,{packet:i,buffers:t}}function qt(s,t,e){if(!s)return s;if(gt(s)){let i={_placeholder:!0,num:t.length};return t.push(s),i}else if(Array.isArray(s)){let i=new Array(s.length);for(let n=0;n<s.length;n++)i[n]=qt(s[n],t);return i}else if(typeof s=="object"&&!(s instanceof Date)){if(s.toJSON&&typeof s.toJSON=="function"&&!e)return qt(s.toJSON(),t,!0);let i={};for(let n in s)Object.prototype.hasOwnProperty.call(s,n)&&(i[n]=qt(s[n],t));return i}return s}function Es(s,t){return s.data=we(s.data,t),delete s.attachments,s}function we(s,t){if(!s)return s;if(s&&s._placeholder===!0){if(typeof s.num=="number"&&s.num>=0&&s.num<t.length)return t[s.num];throw new Error("illegal attachments")}else if(Array.isArray(s))for(let e=0;e<s.length;e++)s[e]=we(s[e],t);else if(typeof s=="object")for(let e in s)Object.prototype.hasOwnProperty.call(s,e)&&(s[e]=we(s[e],t));return s}var As=["connect","connect_error","disconnect","disconnecting","newListener","removeListener"],Ts=5,d;(function(s){s[s.CONNECT=0]="CONNECT",s[s.DISCONNECT=1]="DISCONNECT",s[s.EVENT=2]="EVENT",s[s.ACK=3]="ACK",s[s.CONNECT_ERROR=4]="CONNECT_ERROR",s[s.BINARY_EVENT=5]="BINARY_EVENT",s[s.BINARY_ACK=6]="BINARY_ACK"})(d||(d={}));var $e=class{constructor(t){this.replacer=t}encode(t){return(t.type===d.EVENT||t.type===d.ACK)&&mt(t)?this.encodeAsBinary({type:t.type===d.EVENT?d.BINARY_EVENT:d.BINARY_ACK,nsp:t.nsp,data:t.data,id:t.id}):[this.encodeAsString(t)]}encodeAsString(t){let e=""+t.type;return(t.type===d.BINARY_EVENT||t.type===d.BINARY_ACK)&&(e+=t.attachments+"-"),t.nsp&&t.nsp!=="/"&&(e+=t.nsp+","),t.id!=null&&(e+=t.id),t.data!=null&&(e+=JSON.stringify(t.data,this.replacer)),e}encodeAsBinary(t){let e=ks(t),i=this.encodeAsString(e.packet),n=e.buffers;return n.unshift(i),n}},ke=class s extends y{constructor(t){super(),this.opts=Object.assign({reviver:void 0,maxAttachments:10},typeof t=="function"?{reviver:t}:t)}add(t){let e;if(typeof t=="string"){if(this.reconstructor)throw new Error("got plaintext data when reconstructing a packet");e=this.decodeString(t);let i=e.type===d.BINARY_EVENT;i||e.type===d.BINARY_ACK?(e.type=i?d.EVENT:d.ACK,this.reconstructor=new Ee(e)):super.emitReserved("decoded",e)}else if(gt(t)||t.base64)if(this.reconstructor)e=this.reconstructor.takeBinaryData(t),e&&(this.reconstructor=null,super.emitReserved("decoded",e));else throw new Error("got binary data when not reconstructing a packet");else throw new Error("Unknown type: "+t)}decodeString(t){let e=0,i={type:Number(t.charAt(0))};if(d[i.type]===void 0)throw new Error("unknown packet type "+i.type);if(i.type===d.BINARY_EVENT||i.type===d.BINARY_ACK){let r=e+1;for(;t.charAt(++e)!=="-"&&e!=t.length;);let o=t.substring(r,e);if(o!=Number(o)||t.charAt(e)!=="-")throw new Error("Illegal attachments");let c=Number(o);if(!Ss(c)||c<1)throw new Error("Illegal attachments");if(c>this.opts.maxAttachments)throw new Error("too many attachments");i.attachments=c}if(t.charAt(e+1)==="/"){let r=e+1;for(;++e&&!(t.charAt(e)===","||e===t.length););i.nsp=t.substring(r,e)}else i.nsp="/";let n=t.charAt(e+1);if(n!==""&&Number(n)==n){let r=e+1;for(;++e;){let o=t.charAt(e);if(o==null||Number(o)!=o){--e;break}if(e===t.length)break}i.id=Number(t.substring(r,e+1))}if(t.charAt(++e)){let r=this.tryParse(t.substr(e));if(s.isPayloadValid(i.type,r))i.data=r;else throw new Error("invalid payload")}return i}tryParse(t){try{return JSON.parse(t,this.opts.reviver)}catch{return!1}}static isPayloadValid(t,e){switch(t){case d.CONNECT:return Wt(e);case d.DISCONNECT:return e===void 0;case d.CONNECT_ERROR:return typeof e=="string"||Wt(e);case d.EVENT:case d.BINARY_EVENT:return Array.isArray(e)&&(typeof e[0]=="number"||typeof e[0]=="string"&&As.indexOf(e[0])===-1);case d.ACK:case d.BINARY_ACK:return Array.isArray(e)}}destroy(){this.reconstructor&&(this.reconstructor.finishedReconstruction(),this.reconstructor=null)}},Ee=class{constructor(t){this.packet=t,this.buffers=[],this.reconPack=t}takeBinaryData(t){if(this.buffers.push(t),this.buffers.length===this.reconPack.attachments){let e=Es(this.reconPack,this.buffers);return this.finishedReconstruction(),e}return null}finishedReconstruction(){this.reconPack=null,this.buffers=[]}};function sn(s){return typeof s=="string"}var Ss=Number.isInteger||function(s){return typeof s=="number"&&isFinite(s)&&Math.floor(s)===s};function nn(s){return s===void 0||Ss(s)}function Wt(s){return Object.prototype.toString.call(s)==="[object Object]"}function rn(s,t){switch(s){case d.CONNECT:return t===void 0||Wt(t);case d.DISCONNECT:return t===void 0;case d.EVENT:return Array.isArray(t)&&(typeof t[0]=="number"||typeof t[0]=="string"&&As.indexOf(t[0])===-1);case d.ACK:return Array.isArray(t);case d.CONNECT_ERROR:return typeof t=="string"||Wt(t);default:return!1}}function on(s){return sn(s.nsp)&&nn(s.id)&&rn(s.type,s.data)}function A(s,t,e){return s.on(t,e),function(){s.off(t,e)}}var an=Object.freeze({connect:1,connect_error:1,disconnect:1,disconnecting:1,newListener:1,removeListener:1}),Z=class extends y{constructor(t,e,i){super(),this.connected=!1,this.recovered=!1,this.receiveBuffer=[],this.sendBuffer=[],this._queue=[],this._queueSeq=0,this.ids=0,this.acks={},this.flags={},this.io=t,this.nsp=e,i&&i.auth&&(this.auth=i.auth),this._opts=Object.assign({},i),this.io._autoConnect&&this.open()}get disconnected(){return!this.connected}subEvents(){if(this.subs)return;let t=this.io;this.subs=[A(t,"open",this.onopen.bind(this)),A(t,"packet",this.onpacket.bind(this)),A(t,"error",this.onerror.bind(this)),A(t,"close",this.onclose.bind(this))]}get active(){return!!this.subs}connect(){return this.connected?this:(this.subEvents(),this.io._reconnecting||this.io.open(),this.io._readyState==="open"&&this.onopen(),this)}open(){return this.connect()}send(...t){return t.unshift("message"),this.emit.apply(this,t),this}emit(t,...e){var i,n,r;if(an.hasOwnProperty(t))throw new Error('"'+t.toString()+'" is a reserved event name');if(e.unshift(t),this._opts.retries&&!this.flags.fromQueue&&!this.flags.volatile)return this._addToQueue(e),this;let o={type:d.EVENT,data:e};if(o.options={},o.options.compress=this.flags.compress!==!1,typeof e[e.length-1]=="function"){let f=this.ids++,l=e.pop();this._registerAckCallback(f,l),o.id=f}let c=(n=(i=this.io.engine)===null||i===void 0?void 0:i.transport)===null||n===void 0?void 0:n.writable,a=this.connected&&!(!((r=this.io.engine)===null||r===void 0)&&r._hasPingExpired());return this.flags.volatile&&!c||(a?(this.notifyOutgoingListeners(o),this.packet(o)):this.sendBuffer.push(o)),this.flags={},this}_registerAckCallback(t,e){var i;let n=(i=this.flags.timeout)!==null&&i!==void 0?i:this._opts.ackTimeout;if(n===void 0){this.acks[t]=e;return}let r=this.io.setTimeoutFn(()=>{delete this.acks[t];for(let c=0;c<this.sendBuffer.length;c++)this.sendBuffer[c].id===t&&this.sendBuffer.splice(c,1);e.call(this,new Error("operation has timed out"))},n),o=(...c)=>{this.io.clearTimeoutFn(r),e.apply(this,c)};o.withError=!0,this.acks[t]=o}emitWithAck(t,...e){return new Promise((i,n)=>{let r=(o,c)=>o?n(o):i(c);r.withError=!0,e.push(r),this.emit(t,...e)})}_addToQueue(t){let e;typeof t[t.length-1]=="function"&&(e=t.pop());let i={id:this._queueSeq++,tryCount:0,pending:!1,args:t,flags:Object.assign({fromQueue:!0},this.flags)};t.push((n,...r)=>(this._queue[0],n!==null?i.tryCount>this._opts.retries&&(this._queue.shift(),e&&e(n)):(this._queue.shift(),e&&e(null,...r)),i.pending=!1,this._drainQueue())),this._queue.push(i),this._drainQueue()}_drainQueue(t=!1){if(!this.connected||this._queue.length===0)return;let e=this._queue[0];e.pending&&!t||(e.pending=!0,e.tryCount++,this.flags=e.flags,this.emit.apply(this,e.args))}packet(t){t.nsp=this.nsp,this.io._packet(t)}onopen(){typeof this.auth=="function"?this.auth(t=>{this._sendConnectPacket(t)}):this._sendConnectPacket(this.auth)}_sendConnectPacket(t){this.packet({type:d.CONNECT,data:this._pid?Object.assign({pid:this._pid,offset:this._lastOffset},t):t})}onerror(t){this.connected||this.emitReserved("connect_error",t)}onclose(t,e){this.connected=!1,delete this.id,this.emitReserved("disconnect",t,e),this._clearAcks()}_clearAcks(){Object.keys(this.acks).forEach(t=>{if(!this.sendBuffer.some(i=>String(i.id)===t)){let i=this.acks[t];delete this.acks[t],i.withError&&i.call(this,new Error("socket has been disconnected"))}})}onpacket(t){if(t.nsp===this.nsp)switch(t.type){case d.CONNECT:t.data&&t.data.sid?this.onconnect(t.data.sid,t.data.pid):this.emitReserved("connect_error",new Error("It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible (more information here: https://socket.io/docs/v3/migrating-from-2-x-to-3-0/)"));break;case d.EVENT:case d.BINARY_EVENT:this.onevent(t);break;case d.ACK:case d.BINARY_ACK:this.onack(t);break;case d.DISCONNECT:this.ondisconnect();break;case d.CONNECT_ERROR:this.destroy();let i=new Error(t.data.message);i.data=t.data.data,this.emitReserved("connect_error",i);break}}onevent(t){let e=t.data||[];t.id!=null&&e.push(this.ack(t.id)),this.connected?this.emitEvent(e):this.receiveBuffer.push(Object.freeze(e))}emitEvent(t){if(this._anyListeners&&this._anyListeners.length){let e=this._anyListeners.slice();for(let i of e)i.apply(this,t)}super.emit.apply(this,t),this._pid&&t.length&&typeof t[t.length-1]=="string"&&(this._lastOffset=t[t.length-1])}ack(t){let e=this,i=!1;return function(...n){i||(i=!0,e.packet({type:d.ACK,id:t,data:n}))}}onack(t){let e=this.acks[t.id];typeof e=="function"&&(delete this.acks[t.id],e.withError&&t.data.unshift(null),e.apply(this,t.data))}onconnect(t,e){this.id=t,this.recovered=e&&this._pid===e,this._pid=e,this.connected=!0,this.emitBuffered(),this._drainQueue(!0),this.emitReserved("connect")}emitBuffered(){this.receiveBuffer.forEach(t=>this.emitEvent(t)),this.receiveBuffer=[],this.sendBuffer.forEach(t=>{this.notifyOutgoingListeners(t),this.packet(t)}),this.sendBuffer=[]}ondisconnect(){this.destroy(),this.onclose("io server disconnect")}destroy(){this.subs&&(this.subs.forEach(t=>t()),this.subs=void 0),this.io._destroy(this)}disconnect(){return this.connected&&this.packet({type:d.DISCONNECT}),this.destroy(),this.connected&&this.onclose("io client disconnect"),this}close(){return this.disconnect()}compress(t){return this.flags.compress=t,this}get volatile(){return this.flags.volatile=!0,this}timeout(t){return this.flags.timeout=t,this}onAny(t){return this._anyListeners=this._anyListeners||[],this._anyListeners.push(t),this}prependAny(t){return this._anyListeners=this._anyListeners||[],this._anyListeners.unshift(t),this}offAny(t){if(!this._anyListeners)return this;if(t){let e=this._anyListeners;for(let i=0;i<e.length;i++)if(t===e[i])return e.splice(i,1),this}else this._anyListeners=[];return this}listenersAny(){return this._anyListeners||[]}onAnyOutgoing(t){return this._anyOutgoingListeners=this._anyOutgoingListeners||[],this._anyOutgoingListeners.push(t),this}prependAnyOutgoing(t){return this._anyOutgoingListeners=this._anyOutgoingListeners||[],this._anyOutgoingListeners.unshift(t),this}offAnyOutgoing(t){if(!this._anyOutgoingListeners)return this;if(t){let e=this._anyOutgoingListeners;for(let i=0;i<e.length;i++)if(t===e[i])return e.splice(i,1),this}else this._anyOutgoingListeners=[];return this}listenersAnyOutgoing(){return this._anyOutgoingListeners||[]}notifyOutgoingListeners(t){if(this._anyOutgoingListeners&&this._anyOutgoingListeners.length){let e=this._anyOutgoingListeners.slice();for(let i of e)i.apply(this,t.data)}}};function K(s){s=s||{},this.ms=s.min||100,this.max=s.max||1e4,this.factor=s.factor||2,this.jitter=s.jitter>0&&s.jitter<=1?s.jitter:0,this.attempts=0}K.prototype.duration=function(){var s=this.ms*Math.pow(this.factor,this.attempts++);if(this.jitter){var t=Math.random(),e=Math.floor(t*this.jitter*s);s=(Math.floor(t*10)&1)==0?s-e:s+e}return Math.min(s,this.max)|0};K.prototype.reset=function(){this.attempts=0};K.prototype.setMin=function(s){this.ms=s};K.prototype.setMax=function(s){this.max=s};K.prototype.setJitter=function(s){this.jitter=s};var tt=class extends y{constructor(t,e){var i;super(),this.nsps={},this.subs=[],t&&typeof t=="object"&&(e=t,t=void 0),e=e||{},e.path=e.path||"/socket.io",this.opts=e,N(this,e),this.reconnection(e.reconnection!==!1),this.reconnectionAttempts(e.reconnectionAttempts||1/0),this.reconnectionDelay(e.reconnectionDelay||1e3),this.reconnectionDelayMax(e.reconnectionDelayMax||5e3),this.randomizationFactor((i=e.randomizationFactor)!==null&&i!==void 0?i:.5),this.backoff=new K({min:this.reconnectionDelay(),max:this.reconnectionDelayMax(),jitter:this.randomizationFactor()}),this.timeout(e.timeout==null?2e4:e.timeout),this._readyState="closed",this.uri=t;let n=e.parser||Ae;this.encoder=new n.Encoder,this.decoder=new n.Decoder,this._autoConnect=e.autoConnect!==!1,this._autoConnect&&this.open()}reconnection(t){return arguments.length?(this._reconnection=!!t,t||(this.skipReconnect=!0),this):this._reconnection}reconnectionAttempts(t){return t===void 0?this._reconnectionAttempts:(this._reconnectionAttempts=t,this)}reconnectionDelay(t){var e;return t===void 0?this._reconnectionDelay:(this._reconnectionDelay=t,(e=this.backoff)===null||e===void 0||e.setMin(t),this)}randomizationFactor(t){var e;return t===void 0?this._randomizationFactor:(this._randomizationFactor=t,(e=this.backoff)===null||e===void 0||e.setJitter(t),this)}reconnectionDelayMax(t){var e;return t===void 0?this._reconnectionDelayMax:(this._reconnectionDelayMax=t,(e=this.backoff)===null||e===void 0||e.setMax(t),this)}timeout(t){return arguments.length?(this._timeout=t,this):this._timeout}maybeReconnectOnOpen(){!this._reconnecting&&this._reconnection&&this.backoff.attempts===0&&this.reconnect()}open(t){if(~this._readyState.indexOf("open"))return this;this.engine=new j(this.uri,this.opts);let e=this.engine,i=this;this._readyState="opening",this.skipReconnect=!1;let n=A(e,"open",function(){i.onopen(),t&&t()}),r=c=>{this.cleanup(),this._readyState="closed",this.emitReserved("error",c),t?t(c):this.maybeReconnectOnOpen()},o=A(e,"error",r);if(this._timeout!==!1){let c=this._timeout,a=this.setTimeoutFn(()=>{n(),r(new Error("timeout")),e.close()},c);this.opts.autoUnref&&a.unref(),this.subs.push(()=>{this.clearTimeoutFn(a)})}return this.subs.push(n),this.subs.push(o),this}connect(t){return this.open(t)}onopen(){this.cleanup(),this._readyState="open",this.emitReserved("open");let t=this.engine;this.subs.push(A(t,"ping",this.onping.bind(this)),A(t,"data",this.ondata.bind(this)),A(t,"error",this.onerror.bind(this)),A(t,"close",this.onclose.bind(this)),A(this.decoder,"decoded",this.ondecoded.bind(this)))}onping(){this.emitReserved("ping")}ondata(t){try{this.decoder.add(t)}catch(e){this.onclose("parse error",e)}}ondecoded(t){P(()=>{this.emitReserved("packet",t)},this.setTimeoutFn)}onerror(t){this.emitReserved("error",t)}socket(t,e){let i=this.nsps[t];return i?this._autoConnect&&!i.active&&i.connect():(i=new Z(this,t,e),this.nsps[t]=i),i}_destroy(t){let e=Object.keys(this.nsps);for(let i of e)if(this.nsps[i].active)return;this._close()}_packet(t){let e=this.encoder.encode(t);for(let i=0;i<e.length;i++)this.engine.write(e[i],t.options)}cleanup(){this.subs.forEach(t=>t()),this.subs.length=0,this.decoder.destroy()}_close(){this.skipReconnect=!0,this._reconnecting=!1,this.onclose("forced close")}disconnect(){return this._close()}onclose(t,e){var i;this.cleanup(),(i=this.engine)===null||i===void 0||i.close(),this.backoff.reset(),this._readyState="closed",this.emitReserved("close",t,e),this._reconnection&&!this.skipReconnect&&this.reconnect()}reconnect(){if(this._reconnecting||this.skipReconnect)return this;let t=this;if(this.backoff.attempts>=this._reconnectionAttempts)this.backoff.reset(),this.emitReserved("reconnect_failed"),this._reconnecting=!1;else{let e=this.backoff.duration();this._reconnecting=!0;let i=this.setTimeoutFn(()=>{t.skipReconnect||(this.emitReserved("reconnect_attempt",t.backoff.attempts),!t.skipReconnect&&t.open(n=>{n?(t._reconnecting=!1,t.reconnect(),this.emitReserved("reconnect_error",n)):t.onreconnect()}))},e);this.opts.autoUnref&&i.unref(),this.subs.push(()=>{this.clearTimeoutFn(i)})}}onreconnect(){let t=this.backoff.attempts;this._reconnecting=!1,this.backoff.reset(),this.emitReserved("reconnect",t)}};var yt={};function bt(s,t){typeof s=="object"&&(t=s,s=void 0),t=t||{};let e=ws(s,t.path||"/socket.io"),i=e.source,n=e.id,r=e.path,o=yt[n]&&r in yt[n].nsps,c=t.forceNew||t["force new connection"]||t.multiplex===!1||o,a;return c?a=new tt(i,t):(yt[n]||(yt[n]=new tt(i,t)),a=yt[n]),e.query&&!t.query&&(t.query=e.queryKey),a.socket(e.path,t)}Object.assign(bt,{Manager:tt,Socket:Z,io:bt,connect:bt});function xt(){let s=crypto.getRandomValues(new Uint8Array(16));return Array.from(s,t=>t.toString(16).padStart(2,"0")).join("")}function Ft(s,t,e=Date.now()){let i=v(s),n=a=>cn(a,t),r=v(i.custom??i.data),o=r.manager===void 0?void 0:v(r.manager),c=ln(i.from,o!==void 0);return{id:b(i.message_id)||b(i.id)||xt(),from:c,text:b(i.text),at:hn(i.at??i.timestamp,e),buttons:vt(i.buttons??i.quick_replies).map(pn).filter(dn),rows:vt(r.rows).map(un).filter(a=>a.name!==""),file:fn(i.file??r.file??Cs(i,"file"),n),image:n(i.image)??n(Cs(i,"image").src),name:b(o?.name)||b(i.name)||void 0,consent:v(r.form).field==="consent"||void 0,state:c==="user"?"sent":void 0}}function Vt(s){return!!(s.text||s.rows.length||s.file||s.image)}function cn(s,t){let e=b(s);return/^\/(?!\/)/.test(e)?t+e:/^https?:\/\//.test(e)?e:void 0}function v(s){return typeof s=="object"&&s!==null&&!Array.isArray(s)?s:{}}function vt(s){return Array.isArray(s)?s:[]}function b(s){return typeof s=="string"?s:""}function ln(s,t){return s==="user"||s==="manager"?s:t?"manager":"bot"}function hn(s,t){if(typeof s=="number")return s<1e11?s*1e3:s;let e=typeof s=="string"?Date.parse(s):NaN;return Number.isNaN(e)?t:e}function pn(s){let t=v(s);return{title:b(t.title),payload:b(t.payload)||b(t.title)}}function dn(s){return s.title!==""}function un(s){let t=v(s),e=Number(t.price)||0;return{code:b(t.code),name:b(t.name).split(/\s+/).filter(Boolean).join(" "),price:e,finalPrice:Number(t.final_price)||e,status:b(t.status),colours:vt(t.colours).map(b).filter(Boolean)}}function fn(s,t){let e=v(s),i=t(e.url??e.src),n=b(e.name)||(i?.split("/").pop()??"");if(n)return{name:n,size:Number(e.size)||0,mime:b(e.mime),url:i}}function Cs(s,t){let e=v(s.attachment);return e.type===t?v(e.payload):{}}var Te=1e7,Rs="image/jpeg,image/png,image/webp,image/gif,.heic,.pdf,.doc,.docx,.xls,.xlsx,.txt,.csv,.mp4,.ogg,.mp3,.m4a",mn=/\.(jpe?g|png|webp|gif|heic|pdf|docx?|xlsx?|txt|csv|mp4|ogg|mp3|m4a)$/i;function Os(s){return mn.test(s.name)?s.size>Te?"fileTooBig":null:"fileWrong"}async function Ps(s,t,e,i){let n=encodeURIComponent(i.name),r=await fetch(`${s}/webhooks/socketio/file?name=${n}`,{method:"POST",headers:{"Content-Type":i.type||"application/octet-stream","X-Session":t,"X-Message-Id":e},body:i});if(!r.ok){let o=await r.json().catch(()=>({}));throw new Error(b(v(o).text))}}var _t="pending ",zt=class{constructor(t){this.storage=t}all(){return this.storage.all(_t).map(Ns).filter(t=>t!==null).sort((t,e)=>t.at-e.at)}add(t){this.storage.set(_t+t.id,JSON.stringify(t))}done(t){this.storage.set(_t+t,null)}onChange(t,e){this.storage.onChange((i,n)=>{if(!i.startsWith(_t))return;let r=n===null?null:Ns(n);r?t(r):e(i.slice(_t.length))})}};function Ns(s){try{let t=JSON.parse(s);return typeof t.id=="string"&&typeof t.text=="string"?t:null}catch{return null}}var gn=4e4,yn=3e4,bn=2e3,Ls=4e3,Kt=class{constructor(t,e,i){this.server=t;this.storage=e;this.changed=i;this.messages=[];this.connected=!1;this.away=!1;this.typing=!1;this.telegram=!0;this.onTheWay=new Set;this.typingTimer=0;this.flushTimer=0;this.flushed=!1;this.pending=new zt(e),this.session=e.get("session")}get known(){return this.session!==null||this.pending.all().length>0}start(){if(this.socket)return;let t=new URL(this.server,location.href);this.socket=bt(t.origin,{path:`${t.pathname.replace(/\/$/,"")}/socket.io`,transports:["websocket","polling"],tryAllTransports:!0,reconnectionDelay:500,reconnectionDelayMax:5e3}),this.socket.on("connect",()=>this.requestSession()),this.socket.on("session_confirm",e=>this.confirmed(e)),this.socket.on("session_history",e=>this.replace(vt(e))),this.socket.on("bot_uttered",e=>this.answered(e)),this.socket.on("session_features",e=>{this.telegram=v(e).telegram!==!1,this.changed("state")}),this.socket.on("user_uttered_echo",e=>this.echoed(e)),this.socket.on("bot_typing",e=>this.setTyping(v(e).on!==!1)),this.socket.on("disconnect",()=>this.lost()),this.socket.on("connect_error",()=>this.lost()),this.pending.onChange(e=>this.show(jt(e)),e=>this.settle(e,{state:"sent"})),window.addEventListener("offline",()=>this.socket?.disconnect()),window.addEventListener("online",()=>this.socket?.connect());for(let e of this.pending.all())this.show(jt(e))}say(t,e=t){let i={id:xt(),text:t,shown:e,at:Date.now()};this.pending.add(i),this.show(jt(i)),this.start(),this.flushed?this.emit(i):this.away&&this.socket?.connect()}again(t){let i=this.pending.all().find(n=>n.id===t.id)??{id:t.id,text:t.text,shown:t.text,at:Date.now()};this.pending.add(i),this.settle(t.id,{state:"sending",error:void 0}),this.flushed?this.emit(i):this.socket?.connect()}async sendFile(t,e){let{name:i,size:n,type:r}=t,o={...jt({id:xt(),text:"",shown:"",at:Date.now()})};this.show({...o,file:{name:i,size:n,mime:r}});try{if(!this.session||!this.connected)throw new Error;await Ps(this.server,this.session,o.id,t),this.settle(o.id,{state:"sent"})}catch(c){let a=c instanceof Error&&c.message?c.message:e;this.settle(o.id,{state:"failed",error:a})}}async telegramLink(){if(!this.socket||!this.connected)return null;try{let t=v(await this.socket.timeout(1e4).emitWithAck("link_request",{})),e=b(t.url);return this.telegram=t.error!=="no_telegram",/^https:\/\//.test(e)?e:null}catch{return null}}requestSession(){this.session=this.storage.get("session"),this.socket?.emit("session_request",this.session?{session_id:this.session}:{})}confirmed(t){let e=b(t)||b(v(t).session_id),i=this.storage.get("session");if(this.session===null&&i!==null&&i!==e){this.requestSession();return}e!==this.session&&(this.messages=this.messages.filter(n=>n.state==="sending")),this.session=e,this.storage.set("session",e),this.connected=!0,this.away=!1,clearTimeout(this.flushTimer),this.flushTimer=window.setTimeout(()=>this.flush(),bn),this.changed("state")}flush(){if(clearTimeout(this.flushTimer),!!this.connected){this.flushed=!0;for(let t of this.pending.all())this.emit(t)}}emit(t){this.onTheWay.has(t.id)||(this.onTheWay.add(t.id),this.setTyping(!0),this.socket?.timeout(gn).emitWithAck("user_uttered",{message:t.text,session_id:this.session,message_id:t.id,display:t.shown}).then(e=>this.acknowledged(t.id,v(e))).catch(()=>{this.connected&&this.settle(t.id,{state:"failed"})}).finally(()=>this.onTheWay.delete(t.id)))}acknowledged(t,e){this.pending.done(t),e.ok===!1?(this.setTyping(!1),this.settle(t,{state:"failed",error:b(e.text)||b(e.error)})):this.settle(t,{state:"sent"})}replace(t){let e=t.map(r=>Ft(r,this.server)).filter(Vt),i=new Set(e.map(r=>r.id));for(let r of this.pending.all())i.has(r.id)&&this.pending.done(r.id);let n=this.messages.filter(r=>r.state!==void 0&&r.state!=="sent");this.messages=[...e,...n.filter(r=>!i.has(r.id))],this.changed("messages"),this.flush()}answered(t){this.setTyping(!1);let e=Ft(t,this.server);!Vt(e)||this.messages.some(i=>i.id===e.id)||(this.messages=xn(this.messages,e),this.changed("answer"))}echoed(t){let e=Ft({...v(t),from:"user"},this.server);this.messages.some(i=>i.id===e.id)?this.settle(e.id,{state:"sent"}):Vt(e)&&(this.messages=[...this.messages,e],this.changed("messages"))}show(t){this.messages.some(e=>e.id===t.id)||(this.messages=[...this.messages,t],this.changed("messages"))}settle(t,e){this.messages=this.messages.map(i=>i.id===t?{...i,...e}:i),this.changed("state")}lost(){this.connected=this.flushed=!1,this.away=!0,this.setTyping(!1),this.changed("state")}setTyping(t){clearTimeout(this.typingTimer),this.typing=t,t&&(this.typingTimer=window.setTimeout(()=>this.setTyping(!1),yn)),this.changed("state")}};function xn(s,t){let[e]=t.id.split(":"),i=s.findIndex(r=>r.from==="user"&&r.id===e),n=s.findIndex((r,o)=>o>i&&r.from==="user");return i<0||n<0?[...s,t]:[...s.slice(0,n),t,...s.slice(n)]}function jt(s){return{id:s.id,from:"user",text:s.shown,at:s.at,buttons:[],rows:[],state:"sending"}}var Se="#ffffff",vn="#14161a";function Bs(s,t){if(!t)return;let e=(n,r)=>s.style.setProperty(`--optfm-${n}`,r),i=_n(t);e("accent",t),e("on-accent",i),e("link",`color-mix(in srgb, ${t} ${i===Se?88:40}%, #000)`),e("link-dark",`color-mix(in srgb, ${t} 45%, #fff)`),e("tint",`color-mix(in srgb, ${t} 11%, #fff)`),e("tint-dark",`color-mix(in srgb, ${t} 28%, #1b1e24)`),i!==Se&&(e("overlay","rgb(255 255 255 / 35%)"),e("overlay-strong","rgb(255 255 255 / 55%)"))}function _n(s){let[t,e,i]=[1,3,5].map(r=>{let o=parseInt(s.slice(r,r+2),16)/255;return o<=.04045?o/12.92:((o+.055)/1.055)**2.4});return 1.05/(.2126*t+.7152*e+.0722*i+.05)>=4.5?Se:vn}var Ms={chat:"Чат с магазином",open:"Открыть чат",close:"Закрыть чат",unread:"непрочитанных сообщений: {n}",title:"OptFM",subtitle:"Отвечаем сразу",greeting:"Здравствуйте! Напишите товар и модель — назову цену. Отвечу про доставку и оплату, позову менеджера.",suggestions:"Дисплей iPhone 11|Доставка и оплата|Где вы находитесь?",log:"Сообщения",input:"Ваше сообщение",placeholder:"Товар и модель или вопрос",send:"Отправить",attach:"Прикрепить фото или файл",manager:"Позвать менеджера",telegram:"В Telegram",telegramLong:"Продолжить в Telegram",soundOn:"Включить звук",soundOff:"Выключить звук",consent:"Обработка персональных данных",consentAsked:"Полный текст согласия",newTab:"откроется в новой вкладке",typing:"печатает…",connecting:"Соединяемся…",offline:"Нет связи. Напишите: отправим, как только она появится.",sending:"Отправляется",sent:"Доставлено",failed:"Не отправлено",too_often:"Слишком часто. Подождите немного",again:"Повторить",today:"Сегодня",yesterday:"Вчера",you:"Вы",bot:"Бот",managerName:"Менеджер",code:"код",copy:"Скопировать код {code}",copied:"Код скопирован",want:"Хочу это",wantLong:"Хочу это: {name}",wantText:"Оставить заявку на {name} (код {code})",sale:"≈ {price} со скидкой",colours:"цвета: {list}",tooLong:"Слишком длинное сообщение: не больше 4 000 знаков",fileTooBig:"Файл больше {max}. Пришлите поменьше.",fileWrong:"Такой файл не принимается. Подойдут фото, видео, звук, PDF, Excel, Word.",fileFailed:"Файл не отправлен",file:"Файл",units:"КБ|МБ",linkReady:"Ссылка готова: она одноразовая и действует 10 минут.",linkOpen:"Открыть Telegram",linkFailed:"Сейчас перейти в Telegram не получается. Попробуйте позже.",toEnd:"К последнему сообщению"},wn={chat:"Chat with the shop",open:"Open the chat",close:"Close the chat",unread:"unread messages: {n}",title:"OptFM",subtitle:"We answer at once",greeting:"Hello! Write the goods and the model for a price. I also know about delivery and payment, and can call a manager.",suggestions:"Дисплей iPhone 11|Доставка и оплата|Где вы находитесь?",log:"Messages",input:"Your message",placeholder:"Goods and model, or a question",send:"Send",attach:"Attach a photo or a file",manager:"Call a manager",telegram:"Telegram",telegramLong:"Continue in Telegram",soundOn:"Turn sound on",soundOff:"Turn sound off",consent:"Personal data",consentAsked:"Full text of the consent",newTab:"opens in a new tab",typing:"is typing…",connecting:"Connecting…",offline:"You are offline. Write: it is sent once you are back.",sending:"Sending",sent:"Delivered",failed:"Not sent",too_often:"Too often. Please wait a little",again:"Try again",today:"Today",yesterday:"Yesterday",you:"You",bot:"Bot",managerName:"Manager",code:"code",copy:"Copy the code {code}",copied:"Code copied",want:"I want this",wantLong:"I want this: {name}",wantText:"Оставить заявку на {name} (код {code})",sale:"≈ {price} with the discount",colours:"colours: {list}",tooLong:"Too long: 4,000 characters at most",fileTooBig:"The file is larger than {max}.",fileWrong:"Files of this type are not taken. Photos, video, sound, PDF, Excel and Word are.",fileFailed:"The file was not sent",file:"File",units:"kB|MB",linkReady:"The link is ready: it works once, within 10 minutes.",linkOpen:"Open Telegram",linkFailed:"Telegram cannot be reached now. Please try later.",toEnd:"To the last message"},$n={ru:Ms,en:wn};function Us(s){return $n[s.toLowerCase().split("-")[0]??""]??Ms}function S(s,t){return s.replace(/\{(\w+)\}/g,(e,i)=>String(t[i]??""))}var kn=["title","subtitle","greeting","suggestions","placeholder","manager"];function Ds(s,t){let e=(s.server||t).replace(/\/+$/,""),i={...Us(s.lang||"ru")};for(let n of kn)i[n]=s[n]??i[n];return{server:e,words:i,theme:s.theme==="light"||s.theme==="dark"?s.theme:"auto",position:s.position==="left"?"left":"right",color:/^#[0-9a-f]{6}$/i.test(s.color??"")?s.color:"",avatar:s.avatar??"",consent:s.consent||`${e}/consent`,telegram:s.telegram!=="off",files:s.files!=="off",open:s.open!==void 0&&s.open!=="off"}}function Is(s){return s.scrollHeight-s.scrollTop-s.clientHeight<80}function Hs(s){let t=[...s.querySelectorAll(".message.user")].pop(),e=s.scrollHeight-s.clientHeight;return t?Math.min(e,Math.max(t.offsetTop-s.offsetTop-10,0)):e}var Y;function Ce(){Y??=new AudioContext,Y.state==="suspended"&&Y.resume();let s=Y.currentTime;for(let[t,e]of[[0,660],[.11,880]]){let i=Y.createOscillator(),n=Y.createGain();i.frequency.value=e,n.gain.setValueAtTime(.07,s+t),n.gain.exponentialRampToValueAtTime(1e-4,s+t+.22),i.connect(n).connect(Y.destination),i.start(s+t),i.stop(s+t+.24)}}var Yt=new Map,Jt=class{constructor(t){this.prefix=`optfm ${t} `}get(t){try{return localStorage.getItem(this.prefix+t)}catch{return Yt.get(this.prefix+t)??null}}set(t,e){let i=this.prefix+t;try{e===null?localStorage.removeItem(i):localStorage.setItem(i,e)}catch{e===null?Yt.delete(i):Yt.set(i,e)}}all(t){let e=this.prefix+t;try{return Object.keys(localStorage).filter(i=>i.startsWith(e)).map(i=>localStorage.getItem(i)??"")}catch{return[...Yt].filter(([i])=>i.startsWith(e)).map(([,i])=>i)}}onChange(t,e){let i=n=>{n.key?.startsWith(this.prefix)&&t(n.key.slice(this.prefix.length),n.newValue)};window.addEventListener("storage",i,{signal:e})}};var qs=Tt(`
  color-scheme: dark;
  --surface: #1b1e24;
  --ground: #121419;
  --theirs: #262a32;
  --line: #363c47;
  --text: #eef0f4;
  --muted: #a6aebb;
  --link: var(--optfm-link-dark, #9dbcff);
  --tint: var(--optfm-tint-dark, #24304b);
  --good: #6fd6a0;
  --bad: #ff9a94;
  --sale: #ffb4ae;
  --sale-ground: #47201f;
  --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 18px 50px rgb(0 0 0 / 55%);
`),Ws=_`
  :host {
    all: initial;
    color-scheme: light;
    --accent: var(--optfm-accent, #2456d6);
    --on-accent: var(--optfm-on-accent, #fff);
    --surface: #fff;
    --ground: #f4f5f8;
    --theirs: #fff;
    --line: #dfe2e8;
    --text: #16181d;
    --muted: #5b6370;
    --link: var(--optfm-link, #1d4bc4);
    --tint: var(--optfm-tint, #e9effd);
    --good: #14734a;
    --bad: #b3261e;
    --sale: #a3221b;
    --sale-ground: #fdeceb;
    --shadow: 0 1px 2px rgb(16 24 40 / 8%), 0 18px 50px rgb(16 24 40 / 22%);
    --radius: var(--optfm-radius, 20px);
    --gap: var(--optfm-gap, 20px);
    position: fixed;
    z-index: var(--optfm-z-index, 2147483000);
    inset: auto var(--gap) calc(var(--gap) + env(safe-area-inset-bottom)) auto;
    font: 400 15px/1.42 var(--optfm-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif);
    color: var(--text);
    text-align: left;
    -webkit-text-size-adjust: 100%;
  }
  :host([data-position="left"]) {
    inset: auto auto calc(var(--gap) + env(safe-area-inset-bottom)) var(--gap);
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([data-theme="light"])) {
      ${qs}
    }
  }
  :host([data-theme="dark"]) {
    ${qs}
  }
  @media print {
    :host {
      display: none;
    }
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  p,
  h2,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  button,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    border: 0;
    background: none;
    padding: 0;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  a {
    color: var(--link);
    text-underline-offset: 2px;
  }
  .icon {
    width: 20px;
    height: 20px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
    flex: none;
    display: block;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 2px solid var(--link);
    outline-offset: 2px;
  }
`;var Fs=_`
  .cards {
    display: grid;
    gap: 8px;
    width: 100%;
  }
  .card {
    padding: 11px 12px 11px 14px;
    border-radius: 14px;
    background: var(--theirs);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--line) 75%, transparent), 0 1px 3px rgb(16 24 40 / 6%);
  }
  .card-name {
    font-size: 14px;
    font-weight: 500;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  .card-price {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    margin-top: 5px;
  }
  .card-price strong {
    font-size: 17px;
    font-weight: 700;
    line-height: 1.3;
    letter-spacing: -0.01em;
    font-variant-numeric: tabular-nums lining-nums;
  }
  .card-note {
    font-size: 12.5px;
    line-height: 1.4;
    color: var(--muted);
  }
  .card-note.final {
    color: var(--sale);
    font-weight: 550;
  }
  .badge {
    padding: 2px 8px;
    border-radius: 7px;
    background: var(--tint);
    color: var(--link);
    font-size: 12px;
    font-weight: 600;
    line-height: 1.4;
  }
  .badge.sale {
    background: var(--sale-ground);
    color: var(--sale);
  }
  .card-foot {
    display: flex;
    align-items: center;
    gap: 2px;
    margin-top: 7px;
  }
  .code {
    font-size: 12.5px;
    color: var(--muted);
    white-space: nowrap;
  }
  .code b {
    font-weight: 550;
    font-variant-numeric: tabular-nums;
  }
  .want {
    margin-left: auto;
    min-height: 32px;
    padding: 4px 14px;
    border-radius: 16px;
    background: var(--tint);
    color: var(--link);
    font-size: 13.5px;
    font-weight: 600;
    white-space: nowrap;
    transition: background 0.15s, color 0.15s;
  }
  .want:hover {
    background: var(--accent);
    color: var(--on-accent);
  }
`;var Vs=_`
  footer {
    padding: 10px 12px calc(8px + var(--safe-bottom, 0px));
    background: var(--surface);
    border-top: 1px solid color-mix(in srgb, var(--line) 75%, transparent);
  }
  form {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 3px;
    border-radius: 22px;
    background: var(--ground);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  form:focus-within {
    box-shadow: inset 0 0 0 2px var(--link);
  }
  textarea {
    flex: 1;
    min-width: 0;
    height: 36px;
    max-height: 120px;
    padding: 7px 4px;
    border: 0;
    outline: 0;
    resize: none;
    background: none;
    line-height: 22px;
    font-size: 15px;
    scrollbar-width: thin;
  }
  textarea:first-child {
    padding-left: 14px;
  }
  textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  form .send {
    background: var(--accent);
    color: var(--on-accent);
    transition: opacity 0.15s, transform 0.15s;
  }
  form .send[aria-disabled="true"] {
    background: color-mix(in srgb, var(--muted) 22%, var(--ground));
    color: var(--muted);
    cursor: default;
  }
  .legal {
    display: flex;
    justify-content: center;
    margin-top: 4px;
    font-size: 11.5px;
    line-height: 24px;
  }
  .legal a {
    color: var(--muted);
    padding: 0 8px;
  }
  .problem {
    margin-bottom: 7px;
    padding: 0 8px;
    font-size: 13px;
    color: var(--bad);
  }
  .problem.notice {
    color: inherit;
  }
`;var zs=_`
  .launcher {
    position: relative;
    display: grid;
    place-items: center;
    width: 60px;
    height: 60px;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    box-shadow: 0 2px 6px rgb(16 24 40 / 18%), 0 10px 28px rgb(16 24 40 / 26%);
    transition: transform 0.18s ease, box-shadow 0.18s ease;
  }
  .launcher:hover {
    transform: translateY(-2px);
  }
  .launcher:active {
    transform: scale(0.96);
  }
  .launcher .icon {
    width: 28px;
    height: 28px;
  }
  .launcher:focus-visible {
    outline: 3px solid var(--link);
    outline-offset: 3px;
  }
  .unread {
    position: absolute;
    top: -3px;
    right: -3px;
    min-width: 22px;
    height: 22px;
    padding: 0 6px;
    border-radius: 11px;
    border: 2px solid #fff;
    background: #c9251c;
    color: #fff;
    font-size: 12px;
    font-weight: 700;
    line-height: 18px;
    text-align: center;
  }
`;var js=_`
  @media (max-width: 480px) {
    :host {
      --gap: var(--optfm-gap, 16px);
    }
    dialog,
    :host([data-position="left"]) dialog {
      position: fixed;
      inset: 0 0 auto;
      width: 100%;
      height: var(--visible-height, 100dvh);
      border: 0;
      border-radius: 0;
      --safe-top: env(safe-area-inset-top);
      --safe-bottom: env(safe-area-inset-bottom);
      transform-origin: bottom;
    }
    textarea {
      font-size: 16px; /* less, and iOS zooms into the page */
    }
    .round:not(.small) {
      width: 40px;
      height: 40px;
    }
    textarea {
      height: 40px;
      padding-block: 9px;
    }
    .round.small {
      width: 32px;
      height: 32px;
    }
    .pill,
    .want,
    .choice {
      min-height: 36px;
      border-radius: 18px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .bubble,
    .card,
    .choice,
    .want,
    .launcher,
    form {
      border: 1px solid;
    }
  }
`;var Ks=_`
  .middle {
    position: relative;
    min-height: 0;
    display: grid;
    grid-template: auto 1fr / minmax(0, 1fr);
  }
  .banner {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 16px;
    background: #fff3d6;
    color: #5a3d00;
    font-size: 13px;
    line-height: 1.35;
  }
  .banner .icon {
    width: 17px;
    height: 17px;
  }
  .scroll {
    grid-row: 2;
    min-height: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding: 14px 14px 10px;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  textarea:focus-visible {
    outline: none; /* the form around it shows the focus */
  }
  .scroll:focus-visible {
    outline-offset: -3px;
  }
  .day {
    margin: 10px 0 12px;
    text-align: center;
    font-size: 12px;
    line-height: 1.3;
    color: var(--muted);
  }
  .message {
    display: flex;
    gap: 8px;
    margin-top: 4px;
  }
  .message.first {
    margin-top: 12px;
  }
  .message.user {
    justify-content: flex-end;
  }
  .side {
    width: 28px;
    flex: none;
    display: flex;
    align-items: flex-start;
    padding-top: 5px;
  }
  .side .avatar {
    width: 28px;
    height: 28px;
    font-size: 13px;
    background: var(--accent);
    color: var(--on-accent);
  }
  .column {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 6px;
    min-width: 0;
    max-width: calc(100% - 36px);
  }
  .user .column {
    align-items: flex-end;
    max-width: 84%;
  }
  .author {
    font-size: 12.5px;
    font-weight: 600;
    color: var(--muted);
    margin-left: 4px;
  }
  .bubble {
    max-width: 100%;
    padding: 9px 13px 10px;
    border-radius: 17px 17px 17px 6px;
    background: var(--theirs);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--line) 75%, transparent);
    white-space: pre-line;
    overflow-wrap: anywhere;
    font-variant-numeric: lining-nums;
  }
  .message:not(.first) .bubble {
    border-top-left-radius: 6px;
  }
  .user .bubble {
    border-radius: 17px 17px 6px 17px;
    background: var(--accent);
    color: var(--on-accent);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--on-accent) 14%, transparent);
  }
  .user:not(.first) .bubble {
    border-radius: 17px 6px 6px 17px;
  }
  .user .bubble a {
    color: inherit;
  }
  .manager .bubble {
    background: var(--tint);
    box-shadow: none;
  }
  .file {
    display: flex;
    align-items: center;
    gap: 10px;
    text-decoration: none;
    color: inherit;
  }
  .file b {
    display: block;
    font-weight: 550;
  }
  .file small {
    font-size: 12px;
  }
  .picture {
    max-width: 100%;
    max-height: 240px;
    border-radius: 14px;
    display: block;
  }
  .after {
    padding: 0 4px;
    font-size: 12.5px;
    line-height: 1.4;
    color: var(--muted);
    white-space: pre-line;
  }
  .document {
    font-size: 13.5px;
    padding: 3px 4px;
  }
  .foot {
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: 16px;
    padding: 0 4px;
    font-size: 11.5px;
    line-height: 16px;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .foot .icon {
    width: 14px;
    height: 14px;
  }
  .foot.failed {
    color: var(--bad);
    font-size: 12.5px;
    flex-wrap: wrap;
    justify-content: flex-end;
  }
  .again {
    min-height: 24px;
    padding: 0 6px;
    border-radius: 6px;
    color: var(--link);
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 2px;
  }

  a[href^="tel:"] {
    white-space: nowrap;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 7px;
    padding: 2px 0;
  }
  .choice {
    min-height: 34px;
    padding: 6px 14px;
    border-radius: 17px;
    background: var(--surface);
    box-shadow: inset 0 0 0 1.5px color-mix(in srgb, var(--link) 45%, var(--surface));
    color: var(--link);
    font-size: 14px;
    font-weight: 550;
    line-height: 1.3;
    text-align: left;
    transition: background 0.15s;
  }
  .choice:hover {
    background: var(--tint);
  }

  .typing {
    display: inline-flex;
    gap: 4px;
    margin: 12px 0 4px 36px;
    padding: 12px 14px;
    border-radius: 17px 17px 17px 6px;
    background: var(--theirs);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--line) 75%, transparent);
  }
  .typing i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--muted);
    animation: dot 1.2s infinite ease-in-out;
  }
  .typing i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .typing i:nth-child(3) {
    animation-delay: 0.3s;
  }
  .below {
    position: absolute;
    right: 12px;
    bottom: 10px;
    background: var(--surface);
    color: var(--text);
    box-shadow: 0 0 0 1px var(--line), 0 4px 14px rgb(16 24 40 / 16%);
  }
  .below:hover {
    background: var(--tint);
  }

  @keyframes dot {
    0%,
    60%,
    100% {
      opacity: 0.35;
      transform: none;
    }
    30% {
      opacity: 1;
      transform: translateY(-3px);
    }
  }
`;var Ys=_`
  dialog {
    position: absolute;
    inset: auto 0 76px auto;
    width: min(380px, calc(100vw - 2 * var(--gap)));
    height: min(600px, calc(100vh - 76px - 2 * var(--gap)));
    margin: 0;
    padding: 0;
    border: 1px solid color-mix(in srgb, var(--line) 70%, transparent);
    border-radius: var(--radius);
    background: var(--ground);
    color: inherit;
    box-shadow: var(--shadow);
    overflow: hidden;
    max-width: none;
    max-height: none;
    transform-origin: bottom right;
    animation: appear 0.2s cubic-bezier(0.2, 0.8, 0.3, 1);
  }
  :host([data-position="left"]) dialog {
    inset: auto auto 76px 0;
    transform-origin: bottom left;
  }
  dialog[open] {
    display: grid;
    grid-template: auto 1fr auto / minmax(0, 1fr);
  }
  dialog::backdrop {
    background: none;
  }
  dialog:focus {
    outline: none;
  }

  header {
    background: var(--accent);
    color: var(--on-accent);
    padding: calc(14px + var(--safe-top, 0px)) 12px 12px 16px;
  }
  .who {
    display: flex;
    align-items: center;
    gap: 11px;
  }
  .titles {
    flex: 1;
    min-width: 0;
  }
  h2 {
    font-size: 16.5px;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }
  .subtitle {
    font-size: 13px;
    line-height: 1.35;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .avatar {
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    flex: none;
    border-radius: 50%;
    background: var(--on-accent);
    color: var(--accent);
    font-size: 18px;
    font-weight: 750;
    overflow: hidden;
  }
  .avatar img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  header .round {
    color: inherit;
  }
  header .round:hover,
  header .pill {
    background: var(--optfm-overlay, rgb(0 0 0 / 20%));
  }
  header :focus-visible {
    outline-color: currentcolor;
  }
  .pills {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 12px;
    padding-right: 4px;
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-height: 32px;
    padding: 5px 13px 5px 10px;
    border-radius: 16px;
    font-size: 13.5px;
    font-weight: 550;
    line-height: 1.3;
    transition: background 0.15s;
  }
  .pill .icon {
    width: 17px;
    height: 17px;
  }
  .pill:hover {
    background: var(--optfm-overlay-strong, rgb(0 0 0 / 34%));
  }
  .pill:disabled {
    cursor: default;
    background: none;
    box-shadow: inset 0 0 0 1px currentcolor;
  }
  .round {
    display: grid;
    place-items: center;
    width: 36px;
    height: 36px;
    flex: none;
    border-radius: 50%;
    color: var(--muted);
    transition: background 0.15s;
  }
  .round:hover {
    background: color-mix(in srgb, var(--muted) 14%, transparent);
  }
  .round.small {
    width: 28px;
    height: 28px;
  }
  .round.small .icon {
    width: 16px;
    height: 16px;
  }

  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(10px) scale(0.97);
    }
  }
`;var Js=[Ws,zs,Ys,Ks,Fs,Vs,js];var En=/(https?:\/\/[^\s<>«»"]+[^\s<>«»".,;:!?)])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|((?:\+7|8)[ -]?\(?\d{3}\)?(?:[ -]?\d){7}(?!\d))/g;function Xs(s){return s.replace(/(\d) (?=\d{3}(?!\d))/g,"$1 ").replace(/ ₽/g," ₽")}function Gs(s){let t=[],e=0;for(let i of s.matchAll(En)){let[n,r,o]=i;i.index>e&&t.push(Xs(s.slice(e,i.index)));let c=n.replace(/[^\d+]/g,"").replace(/^8/,"+7"),a=c.startsWith("+7800")?c.replace("+7","8"):c;t.push({text:n,href:r??(o?`mailto:${o}`:`tel:${a}`)}),e=i.index+n.length}return e<s.length&&t.push(Xs(s.slice(e))),t}function Qs(s,t){let e=o=>t.some(c=>o.includes(An(c.name))||o.includes(c.code)),i=s.split(`
`),n=i.findIndex(e);if(n<0)return[s.trim(),""];let r=i.slice(n).filter(o=>!e(o));return[i.slice(0,n).join(`
`).trim(),r.join(`
`).trim()]}function Re(s){let t=Number.isInteger(s)?0:2;return`${s.toLocaleString("ru-RU",{minimumFractionDigits:t,maximumFractionDigits:t,useGrouping:!0})} ₽`.replace(/\s/g," ")}function Xt(s,t){let e=s<1e6?0:1;return`${(s/(e?1e6:1e3)).toLocaleString("ru-RU",{maximumFractionDigits:e})} ${t[e]}`}function An(s){return s.split(/\s+/).filter(Boolean).join(" ")}var B={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Gt=s=>(...t)=>({_$litDirective$:s,values:t}),et=class{constructor(t){}get _$AU(){return this._$AM._$AU}_$AT(t,e,i){this._$Ct=t,this._$AM=e,this._$Ci=i}_$AS(t,e){return this.update(t,e)}update(t,e){return this.render(...e)}};var{I:Tn}=Ge,Zs=s=>s;var ei=s=>s.strings===void 0,ti=()=>document.createComment(""),st=(s,t,e)=>{let i=s._$AA.parentNode,n=t===void 0?s._$AB:t._$AA;if(e===void 0){let r=i.insertBefore(ti(),n),o=i.insertBefore(ti(),n);e=new Tn(r,o,s,s.options)}else{let r=e._$AB.nextSibling,o=e._$AM,c=o!==s;if(c){let a;e._$AQ?.(s),e._$AM=s,e._$AP!==void 0&&(a=s._$AU)!==o._$AU&&e._$AP(a)}if(r!==n||c){let a=e._$AA;for(;a!==r;){let u=Zs(a).nextSibling;Zs(i).insertBefore(a,n),a=u}}}return e},H=(s,t,e=s)=>(s._$AI(t,e),s),Sn={},Qt=(s,t=Sn)=>s._$AH=t,si=s=>s._$AH,Zt=s=>{s._$AR(),s._$AA.remove()};var ii=Gt(class extends et{constructor(s){if(super(s),s.type!==B.PROPERTY&&s.type!==B.ATTRIBUTE&&s.type!==B.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!ei(s))throw Error("`live` bindings can only contain a single expression")}render(s){return s}update(s,[t]){if(t===k||t===p)return t;let e=s.element,i=s.name;if(s.type===B.PROPERTY){if(t===e[i])return k}else if(s.type===B.BOOLEAN_ATTRIBUTE){if(!!t===e.hasAttribute(i))return k}else if(s.type===B.ATTRIBUTE&&e.getAttribute(i)===t+"")return k;return Qt(s),t}});var E=s=>h`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${s}</svg>`,ni=E(w`<path d="M20.5 11.6c0 4.4-3.9 7.9-8.6 7.9-1.2 0-2.4-.2-3.4-.7L4 20l1.1-3.8a7.5 7.5 0 0 1-1.8-4.6c0-4.3 3.9-7.8 8.6-7.8s8.6 3.5 8.6 7.8Z"/><path d="M8.3 11.7h.01M12 11.7h.01M15.7 11.7h.01"/>`),ri=E(w`<path d="M6 6l12 12M18 6L6 18"/>`),Oe=E(w`<path d="M6 9.5l6 6 6-6"/>`),oi=E(w`<path d="M12 19V5.5M6 11l6-6 6 6"/>`),ai=E(w`<path d="M19.5 11.5l-7.6 7.6a4.7 4.7 0 0 1-6.7-6.6l7.9-7.9a3.1 3.1 0 0 1 4.4 4.4l-7.7 7.7a1.6 1.6 0 0 1-2.2-2.2l6.9-6.9"/>`),ci=E(w`<circle cx="12" cy="8" r="3.6"/><path d="M4.8 19.5c.9-3.4 3.7-5.2 7.2-5.2s6.3 1.8 7.2 5.2"/>`),li=E(w`<path d="M20.5 4.2L3.5 11l5.6 2.1m11.4-8.9L17 19.5l-7.9-6.4m11.4-8.9L9.1 13.1m0 0v5.7l3-3.2"/>`),hi=E(w`<rect x="8.5" y="8.5" width="11" height="11" rx="2.2"/><path d="M15.5 8.5V6.7a2.2 2.2 0 0 0-2.2-2.2H6.7a2.2 2.2 0 0 0-2.2 2.2v6.6a2.2 2.2 0 0 0 2.2 2.2h1.8"/>`),te=E(w`<path d="M5 12.5l4.5 4.5L19 7.5"/>`),pi=E(w`<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>`),ee=E(w`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.8v5M12 16.2h.01"/>`),di=E(w`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11"/>`),ui=E(w`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM16 9.7l4.6 4.6M20.6 9.7L16 14.3"/>`),fi=E(w`<path d="M13.5 3.5H7.2A2.2 2.2 0 0 0 5 5.7v12.6a2.2 2.2 0 0 0 2.2 2.2h9.6a2.2 2.2 0 0 0 2.2-2.2V9l-5.5-5.5Z"/><path d="M13.5 3.5V9H19"/>`);function mi(s,t,e){return h`<footer part="composer">
    <div role="status">
      ${s.problem?h`<p class="problem">${s.problem}</p>`:p}
      ${s.link?h`<p class="problem notice">
              ${t.linkReady}
              <a href=${s.link} target="_blank" rel="noopener">${t.linkOpen}</a>
            </p>`:p}
    </div>
    <form
      @submit=${i=>{i.preventDefault(),e.send()}}
    >
      ${s.files?Cn(t,e):p}
      <textarea
        part="input"
        rows="1"
        enterkeyhint="send"
        autocomplete="off"
        aria-label=${t.input}
        placeholder=${t.placeholder}
        .value=${ii(s.draft)}
        @input=${i=>e.typed(i.target.value)}
        @keydown=${i=>{i.key!=="Enter"||i.shiftKey||i.isComposing||(i.preventDefault(),e.send())}}
        @paste=${i=>{let n=i.clipboardData?.files[0];!n||!s.files||(i.preventDefault(),e.file(n))}}
      ></textarea>
      <button
        class="round send"
        part="button send"
        type="submit"
        aria-label=${t.send}
        title=${t.send}
        aria-disabled=${s.draft.trim()?"false":"true"}
      >
        ${oi}
      </button>
    </form>
    <p class="legal">
      <a href=${s.consent} target="_blank" rel="noopener"
        >${t.consent}<span class="hidden"> (${t.newTab})</span></a
      >
    </p>
  </footer>`}function Cn(s,t){return h`<input
      class="hidden"
      type="file"
      tabindex="-1"
      aria-hidden="true"
      accept=${Rs}
      @change=${e=>{let i=e.target,n=i.files?.[0];n&&t.file(n),i.value=""}}
    />
    <button
      class="round attach"
      type="button"
      aria-label=${s.attach}
      title=${s.attach}
      @click=${e=>e.currentTarget.previousElementSibling.click()}
    >
      ${ai}
    </button>`}function gi(s,t,e){let i=s.sound?t.soundOff:t.soundOn;return h`<header part="header">
    <div class="who">
      ${s.avatar}
      <div class="titles">
        <h2 id="title">${t.title}</h2>
        <p class="subtitle">${s.subtitle}</p>
      </div>
      <button
        class="round"
        type="button"
        aria-label=${i}
        title=${i}
        @click=${()=>e.sound()}
      >
        ${s.sound?di:ui}
      </button>
      <button
        class="round"
        type="button"
        aria-label=${t.close}
        title=${t.close}
        @click=${()=>e.close()}
      >
        ${ri}
      </button>
    </div>
    <div class="pills">
      <button class="pill manager" part="button manager" type="button" @click=${()=>e.manager()}>
        ${ci}${t.manager}
      </button>
      ${s.telegram?h`<button
              class="pill telegram"
              part="button"
              type="button"
              aria-label=${t.telegramLong}
              @click=${()=>e.telegram()}
            >
              ${li}${t.telegram}
            </button>`:p}
    </div>
  </header>`}function yi(s,t){return h`<span class="avatar" part="avatar" aria-hidden="true"
    >${s?h`<img src=${s} alt="" />`:t.slice(0,1)}</span
  >`}var bi=(s,t,e)=>{let i=new Map;for(let n=t;n<=e;n++)i.set(s[n],n);return i},se=Gt(class extends et{constructor(s){if(super(s),s.type!==B.CHILD)throw Error("repeat() can only be used in text expressions")}dt(s,t,e){let i;e===void 0?e=t:t!==void 0&&(i=t);let n=[],r=[],o=0;for(let c of s)n[o]=i?i(c,o):o,r[o]=e(c,o),o++;return{values:r,keys:n}}render(s,t,e){return this.dt(s,t,e).values}update(s,[t,e,i]){let n=si(s),{values:r,keys:o}=this.dt(t,e,i);if(!Array.isArray(n))return this.ut=o,r;let c=this.ut??=[],a=[],u,f,l=0,m=n.length-1,g=0,x=r.length-1;for(;l<=m&&g<=x;)if(n[l]===null)l++;else if(n[m]===null)m--;else if(c[l]===o[g])a[g]=H(n[l],r[g]),l++,g++;else if(c[m]===o[x])a[x]=H(n[m],r[x]),m--,x--;else if(c[l]===o[x])a[x]=H(n[l],r[x]),st(s,a[x+1],n[l]),l++,x--;else if(c[m]===o[g])a[g]=H(n[m],r[g]),st(s,n[l],n[m]),m--,g++;else if(u===void 0&&(u=bi(o,g,x),f=bi(c,l,m)),u.has(c[l]))if(u.has(c[m])){let C=f.get(o[g]),ie=C!==void 0?n[C]:null;if(ie===null){let Le=st(s,n[l]);H(Le,r[g]),a[g]=Le}else a[g]=H(ie,r[g]),st(s,n[l],ie),n[C]=null;g++}else Zt(n[m]),m--;else Zt(n[l]),l++;for(;g<=x;){let C=st(s,a[x+1]);H(C,r[g]),a[g++]=C}for(;l<=m;){let C=n[l++];C!==null&&Zt(C)}return this.ut=o,Qt(s,a),k}});function xi(s,t,e){let i=s.finalPrice<s.price,n=s.colours.length>1?s.colours.join(", "):"";return h`<li class="card" part="card">
    <p class="card-name">${s.name}</p>
    ${n?h`<p class="card-note">${S(t.colours,{list:n})}</p>`:p}
    <p class="card-price">
      <strong>${Re(s.price)}</strong>
      ${s.status?h`<span class="badge ${i?"sale":""}">${s.status}</span>`:p}
    </p>
    ${i?h`<p class="card-note final">${S(t.sale,{price:Re(s.finalPrice)})}</p>`:p}
    <div class="card-foot">
      <span class="code">${t.code} <b>${s.code}</b></span>
      <button
        class="round small"
        type="button"
        aria-label=${S(t.copy,{code:s.code})}
        title=${S(t.copy,{code:s.code})}
        @click=${()=>e.copy(s.code)}
      >
        ${e.copied===s.code?te:hi}
      </button>
      <button
        class="want"
        part="button want"
        type="button"
        aria-label=${S(t.wantLong,{name:s.name})}
        @click=${()=>e.want(s)}
      >
        ${t.want}
      </button>
    </div>
  </li>`}function vi(s,t,e,i){let[n,r]=Qs(s.text,s.rows),o=`message ${s.from} ${t.first?"first":""} ${t.last?"last":""}`;return h`<div class=${o} data-id=${s.id}>
    ${s.from==="user"?p:h`<div class="side">${t.first?i.avatar:p}</div>`}
    <div class="column">
      ${Rn(s,t,e)} ${On(n)} ${Pn(s)} ${Nn(s,e)}
      ${s.rows.length?h`<ul class="cards">
              ${se(s.rows,c=>c.code,c=>xi(c,e,i))}
            </ul>`:p}
      ${r?h`<p class="after">${_i(r)}</p>`:p}
      ${s.consent&&!s.text.includes("/consent")?h`<a class="document" href=${i.consent} target="_blank" rel="noopener"
              >${e.consentAsked}<span class="hidden"> (${e.newTab})</span></a
            >`:p}
      ${t.open&&s.buttons.length?Ln(s,i):p}
      ${t.last||s.state==="failed"?Bn(s,e,i):p}
    </div>
  </div>`}function Rn(s,t,e){let i=s.from==="user"?e.you:s.from==="bot"?e.bot:s.name??e.managerName;return s.from==="manager"&&t.first?h`<p class="author">${i}</p>`:h`<span class="hidden">${i}: </span>`}function On(s){return s?h`<p class="bubble" part="bubble">${_i(s)}</p>`:p}function _i(s){return Gs(s).map(t=>typeof t=="string"?t:h`<a href=${t.href} target="_blank" rel="noopener noreferrer">${t.text}</a>`)}function Pn(s){return s.image?h`<img class="picture" src=${s.image} alt="" loading="lazy" />`:p}function Nn(s,t){let{file:e}=s;if(!e||s.image)return p;let i=e.size?Xt(e.size,t.units.split("|")):"",n=h`${fi}<span><b>${e.name}</b>${i?h`<small>${i}</small>`:p}</span>`;return e.url?h`<a class="bubble file" href=${e.url} target="_blank" rel="noopener noreferrer">${n}</a>`:h`<p class="bubble file">${n}</p>`}function Ln(s,t){return h`<div class="buttons">
    ${s.buttons.map(e=>h`<button
          class="choice"
          part="button"
          type="button"
          @click=${()=>t.press(e.payload,e.title)}
        >
          ${e.title}
        </button>`)}
  </div>`}function Bn(s,t,e){let i=new Date(s.at),n=h`<time datetime=${i.toISOString()}
    >${i.toLocaleTimeString("ru-RU",{hour:"2-digit",minute:"2-digit"})}</time
  >`;if(s.state==="failed")return h`<p class="foot failed">
      ${ee}<span>${Mn(s.error,t)}</span>
      <button class="again" type="button" @click=${()=>e.again(s)}>${t.again}</button>
    </p>`;let r=s.state==="sending"?h`<span class="state" title=${t.sending}>${pi}<span class="hidden">${t.sending}</span></span>`:s.state==="sent"?h`<span class="state" title=${t.sent}>${te}<span class="hidden">${t.sent}</span></span>`:p;return h`<p class="foot">${n}${r}</p>`}function Mn(s,t){return s==="too_often"?t.too_often:s&&/\s/.test(s)?s:t.failed}var Un=5*6e4;function $i(s,t,e){let i=s.map(n=>n.from).lastIndexOf("user");return h`${se(s,n=>n.id,(n,r)=>{let o=s[r-1],c=s[r+1],a=!o||J(o.at)!==J(n.at),u={first:a||!wi(o,n),last:!c||J(c.at)!==J(n.at)||!wi(n,c),open:r>i};return h`${a?h`<p class="day"><span>${Dn(n.at,t)}</span></p>`:p}
      ${vi(n,u,t,e)}`})}`}function wi(s,t){return s!==void 0&&s.from===t.from&&s.name===t.name&&t.at-s.at<Un}function J(s){return new Date(s).toDateString()}function Dn(s,t){let e=new Date;return J(s)===e.toDateString()?t.today:J(s)===J(e.getTime()-864e5)?t.yesterday:new Date(s).toLocaleDateString("ru-RU",{day:"numeric",month:"long"})}var Pe="(max-width: 480px)",$t=class $t extends M{constructor(){super(...arguments);this.isOpen=!1;this.draft="";this.problem="";this.link="";this.copied="";this.sound=!1;this.follows=!0;this.toEnd=!1;this.away=new AbortController}connectedCallback(){this.settings??=Ds({...this.dataset},$t.origin),this.storage??=new Jt(this.settings.server),this.chat??=new Kt(this.settings.server,this.storage,i=>this.changed(i)),this.sound=this.storage.get("sound")==="on",Bs(this,this.settings.color),super.connectedCallback();let{signal:e}=this.away=new AbortController;this.storage.onChange(()=>this.requestUpdate(),e),matchMedia(Pe).addEventListener("change",()=>this.isOpen&&this.showPanel(),{signal:e}),visualViewport?.addEventListener("resize",()=>this.fit(),{signal:e}),this.chat.known&&this.chat.start(),this.beginsOpen()&&this.updateComplete.then(()=>this.open({focus:!1}))}disconnectedCallback(){super.disconnectedCallback(),this.away.abort()}open({focus:e=!0}={}){this.isOpen||(this.isOpen=!0,this.toEnd=!0,this.storage.set("open","yes"),this.chat.start(),this.showPanel(),this.read(),this.tell("open")),e&&this.focusInside()}close(){this.isOpen&&(this.isOpen=!1,this.storage.set("open","no"),this.panel.close(),this.requestUpdate(),this.updateComplete.then(()=>this.find(".launcher").focus()),this.tell("close"))}ask(e){this.open(),e.trim()&&this.say(e.trim())}firstUpdated(){this.fit()}updated(e){let i=this.find(".scroll");(this.toEnd||this.follows)&&(i.scrollTop=this.toEnd?i.scrollHeight:Hs(i),this.toEnd=!1);let n=this.find("textarea");n.style.height="",this.draft&&(n.style.height=`${Math.min(n.scrollHeight,120)}px`)}render(){let{words:e}=this.settings,i=this.isOpen?0:this.unread(),n=this.isOpen?e.close:e.open,r=i?`, ${S(e.unread,{n:i})}`:"";return h`<section aria-label=${e.chat}>
      <button
        class="launcher"
        part="launcher"
        type="button"
        aria-haspopup="dialog"
        aria-expanded=${this.isOpen}
        aria-label=${n+r}
        @click=${()=>this.isOpen?this.close():this.open()}
      >
        ${this.isOpen?Oe:ni}
        ${i?h`<span class="unread" aria-hidden="true">${Math.min(i,99)}</span>`:p}
      </button>
      ${this.renderPanel()}
    </section>`}renderPanel(){let{words:e,telegram:i,files:n,consent:r}=this.settings;return h`<dialog
      part="panel"
      aria-labelledby="title"
      tabindex="-1"
      @cancel=${o=>{o.preventDefault(),this.close()}}
      @keydown=${o=>o.key==="Escape"&&this.close()}
    >
      ${gi({subtitle:this.subtitle(),sound:this.sound,telegram:i&&this.chat.telegram,avatar:this.avatar()},e,{manager:()=>this.say(e.manager),telegram:()=>{this.toTelegram()},sound:()=>this.toggleSound(),close:()=>this.close()})}
      <div class="middle">
        ${this.chat.away?h`<p class="banner" role="status">${ee}${e.offline}</p>`:p}
        <div class="scroll" part="log" tabindex="0" aria-label=${e.log} role="region" @scroll=${()=>this.scrolled()}>
          ${this.greeting()}
          <div role="log" aria-label=${e.log} aria-live="polite" aria-relevant="additions">
            ${$i(this.chat.messages,e,this.actions())}
          </div>
          ${this.chat.typing?h`<p class="typing" role="status"><i></i><i></i><i></i><span class="hidden">${e.bot} ${e.typing}</span></p>`:p}
        </div>
        ${this.follows?p:h`<button
                class="round below"
                type="button"
                aria-label=${e.toEnd}
                title=${e.toEnd}
                @click=${()=>this.scrollToEnd()}
              >
                ${Oe}
              </button>`}
      </div>
      ${mi({draft:this.draft,problem:this.problem,link:this.link,files:n,consent:r},e,{typed:o=>this.typed(o),send:()=>this.send(),file:o=>{this.sendFile(o)}})}
    </dialog>`}greeting(){if(this.chat.messages.length)return p;let{words:e}=this.settings,i=e.suggestions.split("|").filter(Boolean);return h`<div class="message bot first last">
      <div class="side">${this.avatar()}</div>
      <div class="column">
        <p class="bubble">${e.greeting}</p>
        <div class="buttons">
          ${i.map(n=>h`<button class="choice" part="button" type="button" @click=${()=>this.say(n)}>${n}</button>`)}
        </div>
      </div>
    </div>`}actions(){return{copied:this.copied,copy:e=>{this.copy(e)},want:e=>this.want(e),press:(e,i)=>this.say(e,i),again:e=>this.chat.again(e),consent:this.settings.consent,avatar:this.avatar()}}avatar(){return yi(this.settings.avatar,this.settings.words.title)}subtitle(){let{words:e}=this.settings,i=this.chat.messages[this.chat.messages.length-1];return!this.chat.connected&&!this.chat.away&&this.isOpen?e.connecting:i?.from==="manager"&&i.name?`${i.name}, ${e.managerName.toLowerCase()}`:e.subtitle}send(){let e=this.draft.trim();if(e){if(e.length>Ls){this.complain(this.settings.words.tooLong);return}this.draft="",this.say(e),this.find("textarea").focus()}}say(e,i=e){this.problem="",this.link="",this.toEnd=!0,this.follows=!0,this.chat.say(e,i),this.tell("message")}want(e){this.say(S(this.settings.words.wantText,{name:e.name,code:e.code}))}typed(e){this.draft=e,this.problem="",this.requestUpdate()}async copy(e){try{await navigator.clipboard.writeText(e)}catch{return}this.copied=e,this.requestUpdate(),setTimeout(()=>{this.copied="",this.requestUpdate()},2e3)}async sendFile(e){let{words:i}=this.settings,n=Os(e);if(n){let r=Xt(Te,i.units.split("|"));this.complain(S(i[n],{max:r}));return}this.problem="",this.toEnd=!0,await this.chat.sendFile(e,i.fileFailed)}async toTelegram(){this.link=await this.chat.telegramLink()??"",this.complain(this.link?"":this.settings.words.linkFailed)}complain(e){this.problem=e,this.requestUpdate()}toggleSound(){this.sound=!this.sound,this.storage.set("sound",this.sound?"on":null),this.sound&&Ce(),this.requestUpdate()}changed(e){e==="answer"&&(this.sound&&Ce(),this.tell("answer")),this.isOpen&&e!=="state"&&this.read(),this.requestUpdate()}unread(){let e=Number(this.storage.get("read"))||0;return this.chat.messages.filter(i=>i.from!=="user"&&i.at>e).length}read(){let e=Math.max(0,...this.chat.messages.map(i=>i.at));e&&this.storage.set("read",String(e))}beginsOpen(){let e=this.storage.get("open");return!matchMedia(Pe).matches&&(e?e==="yes":this.settings.open)}showPanel(){let{panel:e}=this;e.open&&e.close(),matchMedia(Pe).matches?e.showModal():e.show(),this.requestUpdate()}focusInside(){let e=matchMedia("(hover: hover)").matches;this.updateComplete.then(()=>(e?this.find("textarea"):this.panel).focus())}scrolled(){let e=this.find(".scroll"),i=Is(e);i!==this.follows&&(this.follows=i,this.requestUpdate())}scrollToEnd(){this.follows=this.toEnd=!0,this.requestUpdate()}fit(){let e=visualViewport?.height;e&&this.panel.style.setProperty("--visible-height",`${Math.round(e)}px`)}tell(e){this.dispatchEvent(new CustomEvent(`optfm-${e}`,{bubbles:!0,composed:!0}))}get panel(){return this.find("dialog")}find(e){return this.renderRoot.querySelector(e)}};$t.styles=Js,$t.origin="";var kt=$t;var Ne=document.currentScript,In=Ne?.src?new URL(Ne.src).href.replace(/\/[^/]*$/,""):location.origin;kt.origin=In;customElements.get("optfm-chat")||customElements.define("optfm-chat",kt);function ki(){if(document.querySelector("optfm-chat"))return;let s=document.createElement("optfm-chat");Object.assign(s.dataset,Ne?.dataset),document.body.append(s)}document.addEventListener("click",s=>{let t=s.target?.closest?.("[data-optfm-ask]"),e=document.querySelector("optfm-chat");!t||!e||(s.preventDefault(),e.ask(t.getAttribute("data-optfm-ask")??""))});document.body?ki():document.addEventListener("DOMContentLoaded",ki);})();
